/// One time that a process carried a run out.
package struct RunSession: Sendable, Equatable {
  /// From 1, in the order of time.
  package var number: Int64
  package var start: SessionStart
  /// How it ended; `nil` while it goes on, and for ever when its process died.
  package var outcome: RunOutcome?

  package init(number: Int64, start: SessionStart, outcome: RunOutcome?) {
    self.number = number
    self.start = start
    self.outcome = outcome
  }
}
