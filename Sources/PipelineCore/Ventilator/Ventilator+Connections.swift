import OrderedCollections

/// A worker that beats may still be out of the ventilator's reach: it told a wrong address, or something
/// in between lets nothing through. What was sent to it goes to others until its lane is connected.
extension Ventilator {
  /// Rosters' intervals within which a lane is to be connected.
  package static let connectIntervals = 4

  /// Notes that a lane's connection stands.
  mutating func noteConnected(_ worker: NodeIncarnation) {
    guard let position = lanes.index(forKey: worker) else { return }
    lanes.values[position].connection.isUp = true
    guard lanes.values[position].isUnreachable else { return }
    lanes.values[position].isUnreachable = false
    listUnreachable()
  }

  /// Takes back what lies in lanes that do not get connected.
  mutating func giveUpUnconnected(
    patience: Span, at now: Instant, into actions: inout Actions<Action>
  ) {
    var hasChanged = false
    for position in lanes.values.indices {
      guard lanes.values[position].listing.isListed, !lanes.values[position].isUnreachable,
        lanes.values[position].connection.isOverdue(after: patience, at: now)
      else { continue }
      lanes.values[position].isUnreachable = true
      hasChanged = true
      // What waits in the old connection must not be computed when that comes to stand after all.
      if lanes.values[position].leased > 0 { reopen(position, at: now, into: &actions) }
    }
    if hasChanged { listUnreachable() }
  }

  /// Takes back all that a lane holds, charging nobody, and has it connected anew.
  mutating func reopen(_ position: Int, at now: Instant, into actions: inout Actions<Action>) {
    requeue(takeBackAll(from: position), into: &actions)
    lanes.values[position].connection = Connection(since: now)
    actions.append(
      .reopenLane(lanes.keys[position], endpoint: lanes.values[position].listing.endpoint))
  }

  /// Brings ``unreachable`` up to date with the lanes.
  mutating func listUnreachable() {
    unreachable = lanes.lazy.filter(\.value.isUnreachable).map(\.key)
      .prefix(Beat.maximumUnreachable).map(\.self)
  }

  /// Whether a lane's connection stands.
  struct Connection: Sendable {
    var isUp = false
    private let since: Instant
    /// Rosters that came since. They tell that this process itself has run.
    private var rosters = 0

    init(since now: Instant) { since = now }

    /// Whether the connection takes too long; asked once with each roster.
    mutating func isOverdue(after patience: Span, at now: Instant) -> Bool {
      if isUp { return false }
      rosters = min(rosters + 1, Ventilator.connectIntervals)
      return rosters >= Ventilator.connectIntervals && now - since >= patience
    }
  }
}
