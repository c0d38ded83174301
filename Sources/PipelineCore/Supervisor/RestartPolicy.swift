/// When a local child that died is started again.
package struct RestartPolicy: Sendable, Equatable {
  /// Starts again of one child within ``window``; after that it stays dead.
  package var limit: Int
  package var window: Span
  /// Wait before the first start again; doubles with each further one in the window.
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

  /// Five times a minute, after 50 ms, 100 ms and so on.
  package static var standard: RestartPolicy {
    RestartPolicy(limit: 5, window: .seconds(60), backoff: .milliseconds(50))
  }
}
