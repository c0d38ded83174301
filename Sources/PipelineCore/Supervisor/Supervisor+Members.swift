import OrderedCollections

extension Supervisor {
  /// Takes in a beat: a node joins, goes on, or says how far the run is.
  mutating func take(_ beat: Beat, at now: Instant, into actions: inout Actions<Action>) {
    let sender = beat.sender
    // A void incarnation finds that it is not on the roster, and starts a new one.
    if void.contains(sender) { return }
    var changed = false
    if let known = nodes[sender.node] {
      if known.beat.sender == sender {
        if beat.sequence <= known.beat.sequence { return }
      } else if isAnother(beat, than: known.beat, at: now) {
        refuse(beat, insteadOf: known.beat, into: &actions)
        return
      } else {
        lose(known.beat.sender, .replaced, at: now, into: &actions)
        changed = true
      }
    }
    liveness.heard(sender, interval: beat.interval, at: now)
    if let known = nodes[sender.node] {
      changed = changed || known.beat.endpoints != beat.endpoints
      nodes[sender.node]?.beat = beat
    } else {
      nodes[sender.node] = Member(beat: beat)
      names[sender] = beat.name
      changed = true
      actions.append(.report(.joined(sender, name: beat.name, roles: beat.roles)))
    }
    if changed { rebuildMembers() }
    follow(beat, at: now, into: &actions)
    // Who has not seen itself on the roster may have missed it.
    if changed || !beat.joined, outcome == nil { publish(at: now, into: &actions) }
  }

  /// Whether two processes that both are alive use one id. One that started again elsewhere is let in
  /// as soon as the old one's beats stay out.
  private func isAnother(_ beat: Beat, than known: Beat, at now: Instant) -> Bool {
    guard (beat.processID, beat.host) != (known.processID, known.host),
      let silence = liveness.silence(of: known.sender, at: now)
    else { return false }
    return silence < known.interval * 2
  }

  private mutating func refuse(
    _ beat: Beat, insteadOf known: Beat, into actions: inout Actions<Action>
  ) {
    guard refused.count < Self.maximumVoid, outcome == nil else { return }
    let stranger = Stranger(node: beat.sender.node, host: beat.host, processID: beat.processID)
    guard refused.append(stranger).inserted else { return }
    actions.append(
      .report(
        .idTaken(
          beat.sender.node, name: beat.name, processID: beat.processID, holder: known.name,
          holderProcessID: known.processID)))
  }

  private mutating func rebuildMembers() {
    members = nodes.values.map { member in
      Roster.Member(
        node: member.beat.sender, roles: member.beat.roles, name: member.beat.name,
        endpoints: member.beat.endpoints)
    }.sorted { $0.node.node < $1.node.node }
  }

  /// Acts on what a ventilator's or a sink's beat says about the run.
  private mutating func follow(
    _ beat: Beat, at now: Instant, into actions: inout Actions<Action>
  ) {
    for eviction in beat.evictions where !reportedRequeues.contains(eviction.worker) {
      reportedRequeues.append(eviction.worker)
      if reportedRequeues.count > Self.maximumVoid { reportedRequeues.removeFirst() }
      // Workers that leave after the run hold nothing.
      if outcome != nil { continue }
      actions.append(
        .report(
          .requeued(
            worker: eviction.worker, name: names[eviction.worker] ?? "a worker",
            count: eviction.requeued, suspect: eviction.suspect)))
    }
    switch beat.phase {
    case .working: break
    case .exhausted(let partitions):
      guard total == nil else { break }
      total = partitions
      publish(at: now, into: &actions)
    case .finished(let rows, let bytes):
      end(.finished(rows: rows, bytes: bytes), at: now, into: &actions)
    case .failed(let failure):
      end(.failed(failure), at: now, into: &actions)
    }
  }

  /// Declares an incarnation dead: off the roster, its leases re-queued, never to come back.
  mutating func lose(
    _ node: NodeIncarnation, _ cause: RunEvent.Cause, at now: Instant,
    into actions: inout Actions<Action>
  ) {
    guard let member = nodes[node.node], member.beat.sender == node else { return }
    let silence = liveness.silence(of: node, at: now) ?? Span(nanoseconds: 0)
    liveness.forget(node)
    nodes.removeValue(forKey: node.node)
    void.append(node)
    if void.count > Self.maximumVoid {
      names[void.removeFirst()] = nil
    }
    rebuildMembers()
    if outcome == nil {
      actions.append(
        .report(
          .lost(
            RunEvent.Loss(
              node: node, name: member.beat.name, processID: member.beat.processID,
              roles: member.beat.roles, cause: cause, silence: silence))))
    }
    if member.beat.roles.contains(.worker) { actions.append(.order(.evict(node))) }
    publish(at: now, into: &actions)
  }
}
