import PipelineCore

/// Tells whether a roster that a node is given is one of the past: a second opinion to the machines'
/// own filter.
struct RosterCheck {
  private var supervisors: [NodeIncarnation] = []
  private var sequence: UInt64 = 0

  /// The supervisor whose rosters are obeyed.
  var current: NodeIncarnation? { supervisors.last }

  /// Whether another has followed this supervisor.
  func isPast(_ supervisor: NodeIncarnation) -> Bool {
    supervisor != current && supervisors.contains(supervisor)
  }

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
