/// How a session of a run ended.
package struct RunOutcome: Sendable, Equatable {
  /// Any state but `running`.
  package var state: RunState
  /// Milliseconds since 1970.
  package var at: Int64
  /// Why it failed or was cancelled; nothing when it finished.
  package var message: String?
  /// The summary, as the line of `--json`.
  package var json: String?

  /// - Precondition: `state` is not `running`.
  package init(_ state: RunState, at: Int64, message: String? = nil, json: String? = nil) {
    precondition(state != .running, "a run that goes on has no outcome")
    self.state = state
    self.at = at
    self.message = message
    self.json = json
  }
}
