extension Sink {
  /// Connects to the ventilators and supervisors among these members, and tells each new one what is
  /// stored; those that are gone, or that started again, are let go of first.
  mutating func follow(_ members: [Roster.Member], into actions: inout Actions<Action>) {
    let listed = members.compactMap { member in
      member.roles.isDisjoint(with: [.ventilator, .supervisor])
        || member.endpoints.receipts.isEmpty
        ? nil : Peer(node: member.node, endpoint: member.endpoints.receipts)
    }
    guard listed != peers else { return }
    for peer in peers where !listed.contains(peer) { actions.append(.disconnect(peer.node)) }
    let known = peers
    peers = listed
    var durable: PartitionBitmap?
    for peer in listed where !known.contains(peer) {
      let word = durable ?? self.durable
      durable = word
      actions.append(.connect(peer.node, endpoint: peer.endpoint))
      actions.append(.announce(to: peer.node, word))
    }
  }

  /// Tells all peers now and then what is stored, whether they were told before or not.
  mutating func repeatWord(
    every span: Span, at now: Instant, into actions: inout Actions<Action>
  ) {
    guard let last = lastWord else {
      lastWord = now
      return
    }
    guard now - last >= span, !peers.isEmpty else { return }
    lastWord = now
    let word = durable
    for peer in peers { actions.append(.announce(to: peer.node, word)) }
  }
}
