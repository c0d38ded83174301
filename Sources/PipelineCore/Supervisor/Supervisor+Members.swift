import OrderedCollections

extension Supervisor {
  /// Takes in a beat: a node joins, goes on, or says how far the run is.
  mutating func take(_ beat: Beat, at now: Instant, into actions: inout Actions<Action>) {
    let sender = beat.sender
    guard isOfThisRun(beat) else {
      // Who has heard no roster may not know the run. The others learn of it in time.
      if beat.run == .none, outcome == nil { isRosterWanted = true }
      return
    }
    let known = nodes[sender.node]?.beat
    if isVoid(sender) || children[sender.node]?.isBeingKilled == true { return }
    if isLate(beat) {
      lateBeats += 1
      return
    }
    if beat.phase == .left {
      takeLeave(of: beat, at: now, into: &actions)
      return
    }
    if let underWay = overtime(of: beat) {
      // One that is at it from before it joined is not let in: no work would be done there.
      lose(
        sender, .stuck(underWay.partition, underWay.elapsed),
        suspect: Suspect(underWay.partition, isOverTime: true), at: now, into: &actions)
      killChild(sender.node, into: &actions)
      return
    }
    var changed = false
    if let known, known.sender != sender {
      if isAnother(beat, than: known, at: now) {
        // It may have been started in place of one that has just died.
        contenders[sender.node] = beat
        return
      }
      lose(known.sender, .replaced, at: now, into: &actions)
      changed = true
    }
    liveness.heard(sender, interval: beat.interval, at: now)
    if nodes[sender.node] == nil {
      join(beat, into: &actions)
      changed = true
    } else {
      nodes[sender.node]?.beat = beat
      if let contender = contenders.removeValue(forKey: sender.node) {
        refuse(contender, insteadOf: beat, into: &actions)
      }
      if list(beat) { changed = true }
    }
    // Who has not seen itself on the roster may have missed it.
    if changed || !beat.joined, outcome == nil { isRosterWanted = true }
    follow(beat, at: now, into: &actions)
  }

  private func isOfThisRun(_ beat: Beat) -> Bool {
    #if PLANTED_FAULTS
    if planted == .otherRunListed { return true }
    #endif
    return beat.run == run
  }

  /// A node says that it is gone, and need not be waited for.
  private mutating func takeLeave(
    of beat: Beat, at now: Instant, into actions: inout Actions<Action>
  ) {
    if nodes[beat.sender.node]?.beat.sender == beat.sender {
      lose(beat.sender, .left, at: now, into: &actions)
    } else {
      // It was silent before, or never heard.
      if let lapsed = lapsed.removeValue(forKey: beat.sender.node) { forbid(lapsed.node) }
      forbid(beat.sender)
    }
  }

  /// Whether the incarnation may not come back. It finds that it is not on the roster, and starts a
  /// new one.
  private func isVoid(_ node: NodeIncarnation) -> Bool {
    #if PLANTED_FAULTS
    if planted == .voidIncarnationListed { return false }
    #endif
    return void.contains(node)
  }

  /// Whether a later beat of the same incarnation was heard.
  private func isLate(_ beat: Beat) -> Bool {
    if let known = nodes[beat.sender.node]?.beat {
      return known.sender == beat.sender && beat.sequence <= known.sequence
    }
    guard let lapsed = lapsed[beat.sender.node] else { return false }
    return lapsed.node == beat.sender && beat.sequence <= lapsed.sequence
  }

  /// What a worker has been at for longer than it may.
  private func overtime(of beat: Beat) -> Beat.UnderWay? {
    guard outcome == nil, let timeout = configuration.timeout, let underWay = beat.underWay,
      beat.roles.contains(.worker), underWay.elapsed > timeout
    else { return nil }
    return underWay
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

  private mutating func join(_ beat: Beat, into actions: inout Actions<Action>) {
    let sender = beat.sender
    if let lapsed = lapsed.removeValue(forKey: sender.node), lapsed.node != sender {
      forbid(lapsed.node)
    }
    nodes[sender.node] = Member(beat: beat)
    names[sender] = beat.name
    children[sender.node]?.hasJoined = true
    children[sender.node]?.silentSince = nil
    members.insert(Roster.Member(beat), at: place(of: sender.node))
    enrol(sender.node, as: beat.roles)
    actions.append(.report(.joined(sender, name: beat.name, roles: beat.roles)))
  }

  /// Brings the roster up to date with a member's beat; returns whether anybody need know at once. What
  /// a worker holds changes with every beat and can wait for the next roster.
  private mutating func list(_ beat: Beat) -> Bool {
    let position = place(of: beat.sender.node)
    var before = members[position]
    members[position] = Roster.Member(beat)
    if before.roles != beat.roles {
      strike(beat.sender.node, as: before.roles)
      enrol(beat.sender.node, as: beat.roles)
    }
    before.held = members[position].held
    return before != members[position]
  }

  /// Where the node stands among the members, or belongs.
  private func place(of node: NodeID) -> Int {
    var range = members.indices
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      range =
        members[middle].node.node < node
        ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return range.lowerBound
  }

  /// Acts on what a ventilator's or a sink's beat says about the run.
  private mutating func follow(
    _ beat: Beat, at now: Instant, into actions: inout Actions<Action>
  ) {
    if isIdle { return }
    if beat.roles.contains(.ventilator) {
      follow(beat.evictions, at: now, into: &actions)
      follow(beat.quarantined, at: now, into: &actions)
      follow(unreachable: beat.unreachable, into: &actions)
    }
    switch beat.phase {
    case .working, .left: break
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

  private mutating func follow(
    _ evictions: [Beat.Eviction], at now: Instant, into actions: inout Actions<Action>
  ) {
    for eviction in evictions {
      // It would stay on the roster and no lane would ever lead to it.
      lose(eviction.worker, .evicted, at: now, into: &actions)
      guard reportedRequeues.append(eviction.worker).inserted else { continue }
      if reportedRequeues.count > Self.maximumVoid { reportedRequeues.removeFirst() }
      // Workers that leave after the run hold nothing.
      if outcome != nil { continue }
      actions.append(
        .report(
          .requeued(
            worker: eviction.worker, name: names[eviction.worker] ?? "a worker",
            count: eviction.requeued, suspect: eviction.suspect)))
    }
  }

  /// Tells once of each worker that a ventilator cannot reach.
  private mutating func follow(
    unreachable workers: [NodeIncarnation], into actions: inout Actions<Action>
  ) {
    unreachable = workers
    for worker in workers where outcome == nil {
      guard let beat = nodes[worker.node]?.beat, beat.sender == worker,
        reportedUnreachable.append(worker).inserted
      else { continue }
      if reportedUnreachable.count > Self.maximumVoid { reportedUnreachable.removeFirst() }
      actions.append(
        .report(
          .unreachable(
            worker, name: beat.name, endpoint: beat.endpoints.lane, origin: beat.origin)))
    }
  }

  /// Declares a live incarnation dead: off the roster, and its leases re-queued. It never comes back,
  /// unless it only fell silent and is no worker. Does nothing when it is not on the roster.
  mutating func lose(
    _ node: NodeIncarnation, _ cause: RunEvent.Cause, suspect: Suspect? = nil,
    at now: Instant, into actions: inout Actions<Action>
  ) {
    guard let beat = nodes[node.node]?.beat, beat.sender == node else { return }
    let silence = liveness.silence(of: node, at: now) ?? Span(nanoseconds: 0)
    liveness.forget(node)
    nodes.removeValue(forKey: node.node)
    contenders.removeValue(forKey: node.node)
    members.remove(at: place(of: node.node))
    strike(node.node, as: beat.roles)
    let isWorker = beat.roles.contains(.worker)
    if case .missedBeats = cause, !isWorker {
      lapsed[node.node] = Lapsed(node: node, sequence: beat.sequence)
      if lapsed.count > Self.maximumVoid { forbid(lapsed.removeFirst().value.node) }
    } else {
      forbid(node)
    }
    switch cause {
    case .missedBeats, .evicted, .left, .revoked:
      if children[node.node]?.exit == nil { children[node.node]?.silentSince = now }
    case .exited, .replaced, .stuck: break
    }
    if outcome == nil {
      actions.append(
        .report(
          .lost(
            RunEvent.Loss(
              node: node, name: beat.name, processID: beat.processID, roles: beat.roles,
              cause: cause, silence: silence))))
    }
    if isWorker, !isIdle { actions.append(.order(Self.order(for: node, cause, suspect))) }
    isRosterWanted = true
  }

  /// What a ventilator is to do about a worker that was lost.
  private static func order(
    for worker: NodeIncarnation, _ cause: RunEvent.Cause, _ suspect: Suspect?
  ) -> Order {
    switch cause {
    // What it was at has nothing to do with its end.
    case .left, .revoked: .release(worker)
    case .exited, .missedBeats, .replaced, .stuck, .evicted: .evict(worker, suspect: suspect)
    }
  }

  private mutating func forbid(_ node: NodeIncarnation) {
    void.append(node)
    if void.count > Self.maximumVoid { names[void.removeFirst()] = nil }
  }
}

extension Roster.Member {
  /// What the roster says of a node that sent this beat.
  init(_ beat: Beat) {
    self.init(
      node: beat.sender, roles: beat.roles, name: beat.name, endpoints: beat.endpoints,
      held: beat.progress.held)
    isDraining = beat.isDraining
    seesFiles = beat.seesFiles
  }
}
