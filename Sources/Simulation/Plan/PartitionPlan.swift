/// One partition of a simulated source.
package struct PartitionPlan: Sendable, Equatable {
  /// Bytes of input.
  package var size: Int
  /// How long a worker computes it.
  package var duration: Int64
  package var nature: Nature

  /// What computing the partition does to the worker.
  package enum Nature: Sendable, Equatable {
    case sound
    /// Kills the process each time.
    case deadly
    /// Each attempt fails, though another could succeed.
    case failing
    /// Each attempt fails, and the input is to blame.
    case faulty
    /// One attempt in three fails.
    case moody
    /// Never ends; the worker has to be killed.
    case endless
    /// Each attempt gives another result.
    case fickle
  }

  /// Whether giving the partition up is right in the end.
  var isPoisonous: Bool {
    switch nature {
    case .deadly, .failing, .faulty, .endless: true
    case .sound, .moody, .fickle: false
    }
  }
}
