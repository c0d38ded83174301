import Dispatch
import Foundation
import Synchronization

/// Turns SIGINT and SIGTERM into a call, so that a run can end cleanly. The second one ends the
/// process at once.
///
/// `@unchecked Sendable`: the sources are never changed after `init`, and Dispatch's objects may be
/// used from any thread.
final class SignalWatch: @unchecked Sendable {
  private let first = FirstSignal()
  private let sources: [any DispatchSourceSignal]

  private final class FirstSignal: Sendable {
    let number = Mutex<Int32?>(nil)
  }

  /// Starts watching; it goes on for as long as this object lives.
  init(_ body: @escaping @Sendable (Int32) -> Void) {
    let queue = DispatchQueue(label: "signals")
    let first = first
    signal(SIGPIPE, SIG_IGN)
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        let isFirst = first.number.withLock { received in
          defer { received = received ?? number }
          return received == nil
        }
        guard isFirst else { _exit(128 + number) }
        body(number)
      }
      source.activate()
      return source
    }
  }

  /// The first signal that came.
  var received: Int32? { first.number.withLock { $0 } }
}
