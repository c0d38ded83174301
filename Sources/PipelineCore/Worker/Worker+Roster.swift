import DequeModule

extension Worker {
  /// Obeys a roster unless it is one of the past.
  mutating func take(_ roster: Roster, at now: Instant, into actions: inout Actions<Action>) {
    let isSameSupervisor = rosters.last?.supervisor == roster.supervisor
    guard rosters.accepts(roster) else { return }
    lastHeard = now
    let run = self.run ?? roster.run.id
    self.run = run
    guard roster.run.id == run else {
      leave(.otherRun(roster.run.id), into: &actions)
      return
    }
    if isOver, endRun(roster.run.phase, into: &actions) { return }
    let mine = roster.member(identity.node)
    if mine?.node == identity {
      isJoined = true
      unlistedSince = nil
    } else if isOver {
      // Nothing depends on who is listed any more.
      isJoined = false
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
    if hasLeft || isOver { return }
    followVentilator(of: roster, into: &actions)
    followSink(of: roster, into: &actions)
  }

  /// Leaves, or drops everything and waits for another run; returns whether the worker has left.
  private mutating func endRun(
    _ phase: Roster.RunPhase, into actions: inout Actions<Action>
  ) -> Bool {
    guard staysAfterRun else {
      leave(phase == .finished ? .runFinished : .runAbandoned, into: &actions)
      return true
    }
    dropAll(.runEnded, into: &actions)
    if let sink { actions.append(.disconnectSink(sink.node)) }
    sink = nil
    return false
  }

  private mutating func startAnew(into actions: inout Actions<Action>) {
    isJoined = false
    unlistedSince = nil
    #if PLANTED_FAULTS
    if planted == .voidPacksKept {
      actions.append(.startAnew)
      return
    }
    #endif
    dropAll(.notOurs, into: &actions)
    // One that is to end has nothing left to finish then, and leaves.
    if !isDraining { actions.append(.startAnew) }
  }

  /// Notes a ventilator that takes the place of the one before. A ventilator that is on no roster yet
  /// may be the next one: only those that were followed are of the past, until a roster lists them
  /// again.
  private mutating func followVentilator(
    of roster: Roster, into actions: inout Actions<Action>
  ) {
    if let ventilator, roster.member(ventilator.node)?.node == ventilator { return }
    guard let next = roster.members.first(where: { $0.roles.contains(.ventilator) }) else { return }
    pastVentilators.removeAll { $0 == next.node }
    if let past = ventilator {
      pastVentilators.append(past)
      if pastVentilators.count > Self.maximumPastVentilators { pastVentilators.removeFirst() }
      // The one that followed it sends their partitions again, and nobody waits for these.
      dropWaiting(of: past, .notOurs, into: &actions)
    }
    ventilator = next.node
  }

  private mutating func followSink(of roster: Roster, into actions: inout Actions<Action>) {
    let listed = roster.members.first { $0.roles.contains(.sink) && !$0.endpoints.results.isEmpty }
    guard let listed else { return }
    let next = ConnectedSink(node: listed.node, endpoint: listed.endpoints.results)
    guard next != sink else { return }
    if let old = sink { actions.append(.disconnectSink(old.node)) }
    sink = next
    actions.append(.connectSink(next.node, endpoint: next.endpoint))
    sendUnsent(into: &actions)
  }
}
