import DequeModule

extension Worker {
  /// Obeys a roster unless a later one was obeyed before.
  mutating func take(_ roster: Roster, at now: Instant, into actions: inout Actions<Action>) {
    if let last = lastRoster, last.supervisor == roster.supervisor,
      roster.sequence <= last.sequence
    {
      return
    }
    let isSameSupervisor = lastRoster?.supervisor == roster.supervisor
    lastHeard = now
    lastRoster = roster
    switch roster.run.phase {
    case .finished:
      leave(.runFinished, into: &actions)
      return
    case .abandoned:
      leave(.runAbandoned, into: &actions)
      return
    case .running:
      break
    }
    let mine = roster.member(identity.node)
    if mine?.node == identity {
      isJoined = true
      unlistedSince = nil
    } else if isJoined, isSameSupervisor {
      // Joined before and not on the list now: evicted. What is held belongs to others.
      startAnew(into: &actions)
    } else {
      isJoined = false
      let since = unlistedSince ?? now
      unlistedSince = since
      if now - since > roster.interval * Self.unlistedIntervals { startAnew(into: &actions) }
    }
    follow(roster.members.first { $0.roles.contains(.sink) }, into: &actions)
  }

  private mutating func startAnew(into actions: inout Actions<Action>) {
    isJoined = false
    unlistedSince = nil
    dropAll(.notOurs, into: &actions)
    actions.append(.startAnew)
  }

  private mutating func follow(_ member: Roster.Member?, into actions: inout Actions<Action>) {
    guard let member, !member.endpoints.results.isEmpty, member != sink else { return }
    if let old = sink { actions.append(.disconnectSink(old.node)) }
    sink = member
    actions.append(.connectSink(member.node, endpoint: member.endpoints.results))
    while let token = unsent.popFirst() { actions.append(.send(token: token)) }
  }
}
