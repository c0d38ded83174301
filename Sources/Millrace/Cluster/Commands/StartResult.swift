import Dispatch
import Synchronization

/// Hands the outcome of a thread's start to the one that waits for it.
final class StartResult: Sendable {
  private let failure = Mutex<(any Error)?>(nil)
  private let semaphore = DispatchSemaphore(value: 0)

  /// It started, or failed to. Call once.
  func open(_ error: (any Error)?) {
    failure.withLock { $0 = error }
    semaphore.signal()
  }

  /// Waits for the thread's word. Call once.
  ///
  /// - Throws: what it failed with.
  func wait() throws {
    semaphore.wait()
    if let error = failure.withLock({ $0 }) { throw error }
  }
}
