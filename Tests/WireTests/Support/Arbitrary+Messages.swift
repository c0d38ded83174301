import PipelineCore
import Wire

extension Arbitrary {
  /// A message of a kind, and what its receiver is to find in it.
  mutating func packet(_ kind: DataKind, entries: Int? = nil) -> (Packet, Opened) {
    let count = entries ?? Int.random(in: 1...6, using: &random)
    var encoder = DataEncoder(capacity: 1)
    var payload: [UInt8] = []
    var opened = Opened(header: header(kind))
    if kind == .stage {
      let specification = specification()
      opened.specification = specification
      opened.header.run = specification.run
      opened.header.stage = specification.stage
      payload = encoder.encode(
        specification, sender: opened.header.sender, subject: opened.header.subject ?? node())
      return (Packet(frame: encoder.withFrame { Array($0) }, payload: payload), opened)
    }
    if kind == .stored {
      let set = bitmap(words: count)
      opened.stored = set
      payload = encoder.encode(
        set, stage: opened.header.stage, run: opened.header.run, sender: opened.header.sender,
        subject: opened.header.subject ?? node())
      return (Packet(frame: encoder.withFrame { Array($0) }, payload: payload), opened)
    }
    encoder.begin(opened.header)
    for _ in 0..<count {
      let start = payload.count
      switch kind {
      case .lane:
        let entry = laneEntry(&payload)
        encoder.append(entry)
        opened.lane.append(entry)
        opened.payloads.append(Array(payload[start...]))
      case .results:
        let entry = resultEntry(&payload)
        encoder.append(entry)
        opened.results.append(entry)
        opened.payloads.append(Array(payload[start...]))
      case .recall:
        let start = small() & ~15
        let recall = Recall(indexes: start...(start + small() % 16), attempt: attempt())
        encoder.append(RecallEntry(recall))
        opened.recalls.append(recall)
      default:
        let receipt = receipt(
          stage: opened.header.stage, worker: opened.header.subject ?? node())
        encoder.append(receipt, payload: &payload)
        opened.receipts.append(receipt)
      }
    }
    encoder.seal()
    return (Packet(frame: encoder.withFrame { Array($0) }, payload: payload), opened)
  }

  mutating func endpoints() -> Beat.Endpoints {
    Beat.Endpoints(
      lane: text(), results: text(), receipts: text(), orders: text(),
      key: random.chance(2) ? [] : random.bytes(WireLimits.key))
  }

  mutating func interval() -> Span {
    Span(nanoseconds: [1_000_000, 250_000_000, 3_600_000_000_000].randomElement(using: &random)!)
  }

  mutating func roles() -> Roles { Roles(rawValue: UInt8.random(in: 1...15, using: &random)) }

  mutating func beat() -> Beat {
    let phase: Beat.Phase =
      switch Int.random(in: 0..<5, using: &random) {
      case 0: .working
      case 4: .left
      case 1: .exhausted(partitions: small())
      case 2: .finished(rows: word(), bytes: word())
      default: .failed(failure())
      }
    let evictions = random.chance(3) ? Beat.maximumEvictions : Int.random(in: 0...2, using: &random)
    var beat = Beat(
      sender: node(), roles: roles(), name: text(required: true), host: text(),
      processID: Int32(truncatingIfNeeded: word() & 0x7fff_ffff), sequence: max(1, word()),
      interval: interval(), joined: random.chance(2), endpoints: endpoints(),
      progress: Beat.Progress(
        partitions: word(), bytes: word(), rows: word(), skipped: word(), duplicates: word(),
        held: word(), secondAttempts: word()),
      phase: phase,
      evictions: (0..<evictions).map { _ in
        Beat.Eviction(
          worker: node(), requeued: small(),
          suspect: random.chance(2) ? nil : partition())
      },
      underWay: random.chance(2)
        ? nil
        : Beat.UnderWay(partition: partition(), elapsed: Span(nanoseconds: Int64(word() >> 1))),
      quarantined: quarantined(), run: RunID(rawValue: word()))
    beat.isDraining = random.chance(2)
    beat.seesFiles = random.chance(2)
    let unreachable =
      random.chance(3) ? Beat.maximumUnreachable : Int.random(in: 0...2, using: &random)
    beat.unreachable = (0..<unreachable).map { _ in node() }
    return beat
  }

  mutating func partition() -> PartitionID { PartitionID(stage: small(), index: small()) }

  /// Nothing, something or as much as a run may put there.
  mutating func quarantined() -> [Quarantined] {
    let count = [0, 1, Beat.maximumQuarantined].randomElement(using: &random)!
    return (0..<count).map { position in
      var failure = failure()
      failure.message = String(failure.message.prefix(WireLimits.quarantinedMessage))
      if failure.message.utf8.count > WireLimits.quarantinedMessage { failure.message = "" }
      let index = UInt32(position) * 40_000_000 + UInt32(random.next() >> 40)
      return Quarantined(
        partition: PartitionID(stage: 3, index: index), attempts: attempt(), failure: failure)
    }
  }

  /// A set whose highest member is in the last of so many words.
  mutating func bitmap(words count: Int) -> PartitionBitmap {
    var words = (1..<count).map { _ in word() }
    words.append(max(1, word()))
    return PartitionBitmap(words: words)
  }

  mutating func roster() -> Roster {
    var id = random.next() >> 32
    return Roster(
      supervisor: node(), sequence: max(1, word()), interval: interval(),
      run: .init(
        id: RunID(rawValue: word()), phase: Roster.RunPhase.allCases.randomElement(using: &random)!,
        total: random.chance(2) ? nil : small(),
        quarantined: quarantined().map(\.partition.index)),
      members: (0..<Int.random(in: 0...5, using: &random)).map { _ in
        id += 1
        var node = node()
        node.node = NodeID(rawValue: id)
        var member = Roster.Member(
          node: node, roles: roles(), name: text(required: true), endpoints: endpoints(),
          held: word())
        member.isDraining = random.chance(2)
        member.seesFiles = random.chance(2)
        return member
      })
  }

  mutating func order() -> OrderMessage {
    let order: Order =
      switch Int.random(in: 0..<3, using: &random) {
      case 0:
        .evict(
          node(),
          suspect: random.chance(2)
            ? nil : Suspect(partition(), isOverTime: random.chance(2)))
      case 1: .release(node())
      default: .cancel
      }
    return OrderMessage(run: RunID(rawValue: word()), supervisor: node(), order: order)
  }

  mutating func control() -> ControlMessage {
    switch Int.random(in: 0..<3, using: &random) {
    case 0: .beat(beat())
    case 1: .roster(roster())
    default: .order(order())
    }
  }
}
