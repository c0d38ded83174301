import PipelineCore
import Synchronization

/// The first failure of a thread, for others to read.
final class FailureBox: Sendable {
  private let failure = Mutex<Failure?>(nil)

  /// Nothing has failed yet.
  init() {}

  /// The first failure.
  var value: Failure? { failure.withLock { $0 } }

  /// Notes a failure unless there was one before.
  func set(_ value: Failure) {
    failure.withLock { failure in
      if failure == nil { failure = value }
    }
  }
}
