/// When a local child that died is started again.
package struct RestartPolicy: Sendable, Equatable {
  /// Starts again of one child within ``window``; after that it stays dead.
  package var limit: Int
  package var window: Span
  /// Wait before the second start again, as the first is at once; doubles with each further one in the
  /// window.
  package var backoff: Span

  package init(limit: Int, window: Span, backoff: Span) {
    precondition((0...32).contains(limit))
    self.limit = limit
    self.window = window
    self.backoff = backoff
  }

  /// Dead children stay dead.
  package static var never: RestartPolicy {
    RestartPolicy(limit: 0, window: .seconds(60), backoff: .milliseconds(50))
  }

  /// Five times a minute: at once, then after 50 ms, 100 ms and so on.
  package static var standard: RestartPolicy {
    RestartPolicy(limit: 5, window: .seconds(60), backoff: .milliseconds(50))
  }
}

extension RestartPolicy {
  /// How long a child that has just died waits, which was started again `restarts` times in the window
  /// before; `nil`: it stays dead.
  func wait(after restarts: Int) -> Span? {
    guard restarts < limit else { return nil }
    return restarts == 0 ? .seconds(0) : backoff * (1 << Int64(restarts - 1))
  }
}
