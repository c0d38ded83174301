import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Where a thread tells the one that started it whether it could begin.
final class StartGate: Sendable {
  private let outcome = Mutex<Result<Void, any Error>?>(nil)
  private let inbox: Inbox<Bool>

  /// A gate nobody has come to.
  ///
  /// - Throws: ``RuntimeError`` when no descriptor is left.
  init() throws(RuntimeError) { inbox = try Inbox() }

  /// Tells that the start succeeded, or why not.
  func open(_ error: (any Error)?) {
    outcome.withLock { outcome in
      if outcome == nil { outcome = error.map { .failure($0) } ?? .success(()) }
    }
    inbox.post(true)
  }

  /// Waits until ``open(_:)`` was called.
  ///
  /// - Throws: the reason given there.
  func wait() throws {
    while true {
      if let outcome = outcome.withLock({ $0 }) { return try outcome.get() }
      inbox.wait()
      _ = inbox.drain()
    }
  }
}
