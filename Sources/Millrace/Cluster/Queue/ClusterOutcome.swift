import Wire

/// How a run of a cluster ended.
struct ClusterOutcome: Codable, Sendable, Equatable {
  /// How a run may end.
  enum State: String, Codable, Sendable {
    case finished
    case failed
    /// The topology or its source was refused.
    case rejected
    case cancelled
  }

  var state: State
  /// Why it ended without a result; what it did, a line for each thing, if it has one.
  var message: String
  /// The summary as a line of `--json`; empty for a run that never began.
  var summary = ""
  /// Milliseconds since 1970.
  var ended: Int64
}

extension Response.State {
  init(_ state: ClusterOutcome.State) {
    self =
      switch state {
      case .finished: .finished
      case .failed: .failed
      case .rejected: .rejected
      case .cancelled: .cancelled
      }
  }
}
