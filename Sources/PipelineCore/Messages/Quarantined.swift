/// A partition that failed, or was under way when its worker died, as often as it may: the run goes on
/// without it.
package struct Quarantined: Sendable, Equatable {
  package var partition: PartitionID
  /// Attempts that were charged to it.
  package var attempts: UInt16
  /// Why the last of them failed.
  package var failure: Failure

  package init(partition: PartitionID, attempts: UInt16, failure: Failure) {
    self.partition = partition
    self.attempts = attempts
    self.failure = failure
  }
}
