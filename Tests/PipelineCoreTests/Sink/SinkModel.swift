import PipelineCore

/// What a sink may do and must do, told from the events it was given and nothing of its own.
struct SinkModel {
  private struct Message {
    var token: UInt64
    var worker: NodeIncarnation
    var items: [Sink.Item]
    /// For each item, whether its result was the first of its partition.
    var isFirst: [Bool]
    var isRejected = false
    var isPersisted = false
    var isAnswered = false
  }

  private let digests: [UInt64]
  private var messages: [Message] = []
  private var stored: [UInt32: UInt64] = [:]
  private var durable: Set<UInt32> = []
  /// What `.store` was asked for.
  private var storeActions: Set<UInt32> = []
  /// Connected peers by node, and whether each was told the word.
  private var peers: [NodeID: (node: NodeIncarnation, isTold: Bool)] = [:]
  private var rosters: [Roster] = []
  private var without: [UInt32]?
  private(set) var isComplete = false

  /// - Parameter digests: of the true result of each partition of the run.
  init(digests: [UInt64]) { self.digests = digests }

  private var total: Int { digests.count }

  /// Takes in what the machine is told.
  mutating func observe(_ event: Sink.Event) {
    switch event {
    case .recovered(let found):
      for result in found {
        stored[result.index] = result.digest
        durable.insert(result.index)
        storeActions.insert(result.index)
      }
    case .results(let token, let worker, let items):
      observe(Message(token: token, worker: worker, items: items, isFirst: []))
    case .persisted(let token):
      for place in messages.indices where messages[place].token <= token {
        guard !messages[place].isRejected else { continue }
        messages[place].isPersisted = true
        for (item, isFirst) in zip(messages[place].items, messages[place].isFirst) where isFirst {
          durable.insert(item.partition.index)
        }
      }
    case .roster(let roster):
      if let last = rosters.last {
        let isNewer =
          last.supervisor == roster.supervisor
          ? roster.sequence > last.sequence
          : !rosters.contains { $0.supervisor == roster.supervisor }
        guard isNewer else { return }
      }
      rosters.append(roster)
    case .storeFailed, .outputWritten, .outputFailed: break
    }
  }

  private mutating func observe(_ message: Message) {
    var message = message
    message.isRejected = message.items.contains { !isAcceptable($0) }
    message.isAnswered = message.isRejected && !message.items.contains(where: isAcceptable)
    message.isFirst = message.items.map { item in
      guard !message.isRejected, case .result(let digest, _, _) = item.outcome,
        stored[item.partition.index] == nil, without == nil
      else { return false }
      stored[item.partition.index] = digest
      return true
    }
    messages.append(message)
  }

  private func isAcceptable(_ item: Sink.Item) -> Bool {
    item.partition.stage == 0 && item.partition.index < total
  }

  /// Judges what the machine wants done, in answer to the latest event.
  mutating func judge(_ action: Sink.Action) throws(Violation) {
    switch action {
    case .store(let token, let items):
      for item in items {
        guard let message = messages.last, message.token == token, message.isFirst[item] else {
          throw Violation("stored what was stored before, or not now")
        }
        if !storeActions.insert(message.items[item].partition.index).inserted {
          throw Violation("stored twice")
        }
      }
    case .persist(let token):
      guard messages.last?.token == token else { throw Violation("persists another message") }
    case .connect(let node, _):
      if peers[node.node] != nil { throw Violation("connected while another is") }
      peers[node.node] = (node, false)
    case .announce(let node, let partitions):
      guard let peer = peers[node.node], peer.node == node else {
        throw Violation("announced to nobody")
      }
      peers[node.node]?.isTold = true
      if partitions != bitmap(durable) { throw Violation("announced other than what is durable") }
    case .disconnect(let node):
      guard peers.removeValue(forKey: node.node)?.node == node else {
        throw Violation("disconnected who was not connected")
      }
    case .receipts(let worker, let receipts): try judge(receipts, of: worker)
    case .differs(let partition, let kept, let later, _):
      if stored[partition.index] != kept || kept == later { throw Violation("called different") }
    case .complete(let partitions, let without): try judge(partitions, without)
    case .reject(let token, _, _):
      guard messages.last?.token == token, messages.last?.isRejected == true else {
        throw Violation("a good message was rejected")
      }
    case .leave: throw Violation("left while the run goes on")
    }
  }

  private mutating func judge(
    _ receipts: [Receipt], of worker: NodeIncarnation
  ) throws(Violation) {
    if peers.values.contains(where: { !$0.isTold }) { throw Violation("receipts before the word") }
    let due = messages.firstIndex { !$0.isAnswered && ($0.isPersisted || $0.isRejected) }
    guard let place = due else { throw Violation("answered what is not durable") }
    messages[place].isAnswered = true
    let message = messages[place]
    var items = message.items.indices.filter {
      !message.isRejected || isAcceptable(message.items[$0])
    }[...]
    guard worker == message.worker,
      items.count == receipts.reduce(0, { $0 + Int($1.count) })
    else {
      throw Violation("not one receipt for each attempt")
    }
    for receipt in receipts {
      var digests: UInt64 = 0
      for (index, item) in zip(receipt.indexes, items.prefix(Int(receipt.count))) {
        try judge(
          receipt, of: index, message.items[item], isFirst: message.isFirst[item],
          message.isRejected)
        if case .result(let digest, _, _) = message.items[item].outcome { digests ^= digest }
      }
      if case .stored(let digest) = receipt.outcome, digest != digests {
        throw Violation("stored with other digests")
      }
      items = items.dropFirst(Int(receipt.count))
    }
  }

  private func judge(
    _ receipt: Receipt, of index: UInt32, _ item: Sink.Item, isFirst: Bool, _ isRejected: Bool
  ) throws(Violation) {
    guard PartitionID(stage: receipt.partition.stage, index: index) == item.partition,
      receipt.attempt == item.attempt
    else {
      throw Violation("a receipt for another attempt")
    }
    switch (receipt.outcome, item.outcome) {
    case (.stored, .result):
      if !isFirst { throw Violation("called stored and is not") }
    case (.duplicate(let digest, let agrees), .result(let given, _, _)):
      if isFirst || digest != given || agrees != (stored[index] == given) {
        throw Violation("called a copy wrongly")
      }
    case (.failed, .failed): break
    case (.failed, .result):
      let isLate = without?.contains(index) == true && stored[index] == nil
      if !isRejected && !isLate { throw Violation("a good result called failed") }
    default: throw Violation("an outcome out of nothing")
    }
  }

  private mutating func judge(_ partitions: UInt32, _ without: [UInt32]) throws(Violation) {
    if isComplete { throw Violation("completed twice") }
    isComplete = true
    self.without = without
    guard Int(partitions) == total, without == expectedWithout else {
      throw Violation("completed without \(without), with \(stored.count) of \(total) stored")
    }
    if isWaiting { throw Violation("completed before all was durable") }
  }

  /// Whether messages wait for their answers.
  private var isWaiting: Bool { messages.contains { !$0.isAnswered } }

  /// What the output goes without, or `nil` while it may not be written.
  private var expectedWithout: [UInt32]? {
    guard let run = rosters.last?.run, rosters.contains(where: { $0.run.total != nil }) else {
      return nil
    }
    let missing = (0..<UInt32(total)).filter { stored[$0] == nil }
    return missing.allSatisfy(run.quarantined.contains) ? missing : nil
  }

  /// Judges what the machine has not done when it has answered an event.
  func judgeRest() throws(Violation) {
    if messages.contains(where: { $0.isPersisted && !$0.isAnswered }) {
      throw Violation("durable and not answered")
    }
    if !isComplete, !isWaiting, expectedWithout != nil {
      throw Violation("all is there and the output is not written")
    }
    let listed = rosters.last?.members.filter { $0.roles.contains(.ventilator) }.map(\.node) ?? []
    if Set(listed) != Set(peers.values.map(\.node)) {
      throw Violation("connected to others than the roster lists")
    }
  }
}
