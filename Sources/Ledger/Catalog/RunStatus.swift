/// What a run is doing, seen from outside.
package enum RunStatus: Sendable, Equatable {
  /// A process carries it out.
  case running(RunLock.Holder)
  /// The process that carried it out died.
  case interrupted
  case finished
  case failed
  case cancelled
  /// Its files cannot be read; why.
  case damaged(LedgerError)

  /// One word for lists.
  package var word: String {
    switch self {
    case .running: "running"
    case .interrupted: "interrupted"
    case .finished: "finished"
    case .failed: "failed"
    case .cancelled: "cancelled"
    case .damaged: "damaged"
    }
  }
}
