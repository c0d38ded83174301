import OrderedCollections

extension Ventilator {
  /// Obeys a roster unless it is one of the past: leaves, follows its sink, opens and closes lanes.
  mutating func take(_ roster: Roster, at now: Instant, into actions: inout Actions<Action>) {
    guard obeys(roster) else { return }
    guard roster.run.phase == .running, roster.run.id == run else {
      hasLeft = true
      actions.append(.leave)
      return
    }
    isJoined = roster.member(identity.node)?.node == identity
    if isCancelled { return }
    for order in earlyOrders.take(of: roster.supervisor) { obey(order, into: &actions) }
    if isCancelled { return }
    follow(
      listed: roster.members.first { $0.roles.contains(.sink) }?.node, into: &actions)
    openLanes(roster, at: now, into: &actions)
    let interval = min(
      max(roster.interval, Liveness.intervals.lowerBound), Liveness.intervals.upperBound)
    let patience = interval * Int64(Self.patientIntervals)
    evictUnlisted(by: roster, grace: interval, patience: patience, at: now, into: &actions)
    takeBackLost(patience: patience, at: now, into: &actions)
    giveUpUnconnected(patience: interval * Int64(Self.connectIntervals), at: now, into: &actions)
  }

  /// Rosters' intervals that are let pass before a silence is taken for a loss.
  package static let patientIntervals = 8

  private mutating func obeys(_ roster: Roster) -> Bool {
    let isLater = rosters.accepts(roster)
    #if PLANTED_FAULTS
    if planted == .pastRosterObeyed { return true }
    #endif
    return isLater
  }

  private mutating func openLanes(
    _ roster: Roster, at now: Instant, into actions: inout Actions<Action>
  ) {
    for position in lanes.values.indices { lanes.values[position].listing.isListed = false }
    for member in roster.members where member.roles.contains(.worker) {
      if let position = lanes.index(forKey: member.node) {
        lanes.values[position].listing.list(by: roster.supervisor, held: member.held, at: now)
        if member.isDraining { noteDraining(position, into: &actions) }
      } else if !member.endpoints.lane.isEmpty, mayOpen(member.node) {
        // Who is about to leave and holds nothing gets nothing.
        if member.isDraining { continue }
        lanes[member.node] = Lane(
          openedAt: now,
          listing: Listing(
            by: roster.supervisor, endpoint: member.endpoints.lane, at: now))
        actions.append(.openLane(member.node, endpoint: member.endpoints.lane))
      } else if evicted.contains(member.node),
        !evictions.contains(where: { $0.worker == member.node })
      {
        // A supervisor that does not know would leave it listed, and without a lane, for ever.
        note(Beat.Eviction(worker: member.node, requeued: 0, suspect: nil))
      }
    }
  }

  /// Rosters and orders come on channels of their own: a roster that still lists a worker may come
  /// after the order to evict it, and what was sent to it then would never be taken back.
  private func mayOpen(_ worker: NodeIncarnation) -> Bool {
    #if PLANTED_FAULTS
    if planted == .evictedLaneOpened { return true }
    #endif
    return !evicted.contains(worker)
  }

  /// What is not on the roster any more is dead, should the order have been lost that tells why.
  private mutating func evictUnlisted(
    by roster: Roster, grace: Span, patience: Span, at now: Instant,
    into actions: inout Actions<Action>
  ) {
    let supervisor = roster.supervisor
    var gone: [NodeIncarnation] = []
    for position in lanes.values.indices where !lanes.values[position].listing.isListed {
      if lanes.values[position].listing.isGone(
        by: supervisor, grace: grace, patience: patience, at: now)
      {
        gone.append(lanes.keys[position])
      } else if lanes.values[position].listing.supervisor == supervisor {
        lanes.values[position].isDraining = true
      }
    }
    // Orders say why, and go to the ventilator that is listed. One in whose place another is at work
    // cannot tell what a worker died of from a worker that just left.
    let isReplaced = roster.member(identity.node).map { $0.node != identity } ?? false
    for worker in gone {
      evict(worker, charging: isReplaced ? .nothing : .underWay(nil), into: &actions)
    }
  }

  /// Takes back what idle workers do not have: it was lost on the way, or its results were. As the
  /// description of the stage may have been lost, too, the lane is opened anew.
  private mutating func takeBackLost(
    patience: Span, at now: Instant, into actions: inout Actions<Action>
  ) {
    for position in lanes.values.indices {
      let lane = lanes.values[position]
      guard lane.leased > 0, lane.listing.isListed else { continue }
      guard lane.listing.isIdle(for: patience + Self.transferTime(of: lane.bytes), at: now)
      else { continue }
      reopen(position, at: now, into: &actions)
    }
  }

  /// The time that a slow link may need for so many bytes, during which a worker seems to be idle.
  static func transferTime(of bytes: Int) -> Span {
    .milliseconds(Int64(bytes / (slowestLink / 1000)))
  }

  /// Bytes a second of the slowest link on which a worker is worth having.
  package static let slowestLink = 256 << 10
}
