import DequeModule

/// Tells rosters that are to be obeyed from those of the past.
///
/// Within one supervisor's incarnation the sequence decides. An incarnation that another one has
/// followed is never obeyed again: what still comes from it is late.
package struct RosterFilter: Sendable {
  /// The last roster that was accepted.
  package private(set) var last: Roster?
  private var superseded: Deque<NodeIncarnation> = []

  /// At most this many superseded incarnations are remembered, the latest.
  package static let maximumSuperseded = 64

  #if PLANTED_FAULTS
  /// The defect that a test asks for.
  package var planted: PlantedFault?
  #endif

  package init() {}

  /// Whether another supervisor has followed this one.
  package func isPast(_ supervisor: NodeIncarnation) -> Bool { superseded.contains(supervisor) }

  /// Whether the roster is to be obeyed; it is kept as ``last`` then.
  package mutating func accepts(_ roster: Roster) -> Bool {
    #if PLANTED_FAULTS
    if planted == .pastRosterObeyed {
      last = roster
      return true
    }
    #endif
    if let last {
      if last.supervisor == roster.supervisor {
        guard roster.sequence > last.sequence else { return false }
      } else {
        guard !superseded.contains(roster.supervisor) else { return false }
        superseded.append(last.supervisor)
        if superseded.count > Self.maximumSuperseded { superseded.removeFirst() }
      }
    }
    last = roster
    return true
  }
}
