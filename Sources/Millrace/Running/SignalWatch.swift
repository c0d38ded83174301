import Dispatch
import Foundation
import Synchronization

/// Turns SIGINT, SIGTERM and SIGHUP into a call, so that a run can end cleanly. The second one ends the
/// process at once.
///
/// `@unchecked Sendable`: the sources are never changed after `init`, and Dispatch's objects may be
/// used from any thread.
final class SignalWatch: @unchecked Sendable {
  private let state = SharedState()
  private let sources: [any DispatchSourceSignal]

  private struct State {
    var received: Int32?
    var body: (@Sendable (Int32) -> Void)?
  }

  private final class SharedState: Sendable {
    let value = Mutex(State())
  }

  /// Starts watching; it goes on for as long as this object lives.
  init() {
    let queue = DispatchQueue(label: "signals")
    let state = state
    signal(SIGPIPE, SIG_IGN)
    sources = [SIGINT, SIGTERM, SIGHUP].filter { !Self.isIgnored($0) }.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        let (isFirst, body) = state.value.withLock { state in
          let isFirst = state.received == nil
          if isFirst { state.received = number }
          return (isFirst, state.body)
        }
        guard isFirst else { _exit(128 + number) }
        body?(number)
      }
      source.activate()
      return source
    }
  }

  /// Whether the process was started with the signal ignored, as `nohup` and shells in the background
  /// do; it stays ignored then.
  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    #if canImport(Glibc)
    let handler = action.__sigaction_handler.sa_handler
    #else
    let handler = action.__sigaction_u.__sa_handler
    #endif
    return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// Has `body` called with the first signal, at once if it has come already.
  func onSignal(_ body: @escaping @Sendable (Int32) -> Void) {
    let received = state.value.withLock { state in
      state.body = body
      return state.received
    }
    if let received { body(received) }
  }

  /// The first signal that came.
  var received: Int32? { state.value.withLock { $0.received } }
}
