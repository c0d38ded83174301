import PipelineCore

/// Tells whether a roster that a node is given is one of the past: a second opinion to the machines'
/// own filter.
struct RosterCheck {
  private var supervisors: [NodeIncarnation] = []
  private var sequence: UInt64 = 0

  /// Takes in a roster and says whether a later one was given before.
  mutating func isPast(_ roster: Roster) -> Bool {
    if roster.supervisor == supervisors.last {
      if roster.sequence <= sequence { return true }
      sequence = roster.sequence
      return false
    }
    if supervisors.contains(roster.supervisor) { return true }
    supervisors.append(roster.supervisor)
    sequence = roster.sequence
    return false
  }
}
