import PipelineCore

/// What a sink may do, told from the messages it was given.
struct SinkCheck {
  private struct Received {
    var index: UInt32
    var attempt: UInt16
    var worker: NodeIncarnation
    var hasResult: Bool
  }

  private struct Pending {
    var token: UInt64
    var items: [Received]
    var isPersisted = false
  }

  private let identity: NodeIncarnation
  private let total: UInt32
  /// Messages of which not all items are answered, oldest first.
  private var pending: [Pending] = []
  private var stored = PartitionBitmap()
  private var receipted = PartitionBitmap()
  private var rosters = RosterCheck()
  private var quarantined: [UInt32] = []
  private var isPast = false
  private var isComplete = false
  private var leftOut: [UInt32] = []

  init(_ identity: NodeIncarnation, total: UInt32) {
    self.identity = identity
    self.total = total
  }

  /// Takes in what the machine is told.
  mutating func observe(_ event: Sink.Event) {
    isPast = false
    switch event {
    case .recovered(let results):
      for result in results {
        stored.insert(result.index)
        receipted.insert(result.index)
      }
    case .results(let token, let worker, let items):
      pending.append(
        Pending(
          token: token,
          items: items.map { item in
            var hasResult = false
            if case .result = item.outcome { hasResult = true }
            return Received(
              index: item.partition.index, attempt: item.attempt, worker: worker,
              hasResult: hasResult)
          }))
    case .persisted(let token):
      for place in pending.indices where pending[place].token <= token {
        pending[place].isPersisted = true
      }
    case .roster(let roster):
      isPast = rosters.isPast(roster)
      if !isPast { quarantined = roster.run.quarantined }
    case .storeFailed, .outputWritten, .outputFailed: break
    }
  }

  /// Judges what the machine wants done.
  mutating func judge(_ action: Sink.Action, in world: World) throws(Violation) {
    switch action {
    case .store(let token, let positions):
      guard let message = pending.last, message.token == token else {
        throw Violation("stores an item of a message that is not looked at")
      }
      for item in message.items[positions] {
        if !stored.insert(item.index) { throw Violation("stored twice", item.index) }
        if isComplete { throw Violation("stored after the output was begun", item.index) }
      }
    case .persist, .differs, .reject: break
    case .connect, .disconnect:
      if isPast { throw Violation("a sink follows a roster of the past") }
    case .leave:
      if isPast { throw Violation("a sink leaves by a roster of the past") }
    case .announce(_, let partitions):
      if isPast { throw Violation("a sink follows a roster of the past") }
      for index in 0..<total {
        if partitions.contains(index), !world.durable.contains(index) {
          throw Violation("said to be stored before it is durable", index)
        }
        if receipted.contains(index), !partitions.contains(index) {
          throw Violation("missing in a sink's word", index)
        }
      }
    case .receipts(let worker, let receipts):
      for receipt in receipts {
        for index in receipt.indexes { try judge(receipt, of: index, worker, in: world) }
      }
      while let first = pending.first, first.isPersisted, first.items.isEmpty {
        pending.removeFirst()
      }
    case .complete(let partitions, let without):
      try judgeCompletion(partitions, without, in: world)
    }
  }

  private mutating func judge(
    _ receipt: Receipt, of index: UInt32, _ worker: NodeIncarnation, in world: World
  ) throws(Violation) {
    var found: Received?
    for place in pending.indices where found == nil {
      let match = pending[place].items.firstIndex {
        $0.index == index && $0.attempt == receipt.attempt && $0.worker == worker
      }
      guard let match else { continue }
      found = pending[place].items.remove(at: match)
    }
    guard let found, receipt.worker == worker else {
      throw Violation("answered and never received, or answered twice", index)
    }
    switch receipt.outcome {
    case .stored:
      if !world.durable.contains(index) { throw Violation("a receipt before it is durable", index) }
      if !receipted.insert(index) {
        throw Violation("called stored for the first time twice", index)
      }
    case .duplicate:
      if !world.durable.contains(index) { throw Violation("a receipt before it is durable", index) }
    case .failed:
      // Nothing is stored any more once the output is begun without it.
      if found.hasResult, !leftOut.contains(index) {
        throw Violation("a result is answered as a failure", index)
      }
    }
  }

  private mutating func judgeCompletion(
    _ partitions: UInt32, _ without: [UInt32], in world: World
  ) throws(Violation) {
    if isComplete { throw Violation("completed twice") }
    isComplete = true
    leftOut = without
    if partitions != total {
      throw Violation("completed with \(partitions) partitions, and there are \(total)")
    }
    if pending.contains(where: { !$0.items.isEmpty }) {
      throw Violation("completed while attempts are not answered")
    }
    for index in 0..<total where !stored.contains(index) {
      if !without.contains(index) { throw Violation("completed although it is missing", index) }
      if !quarantined.contains(index) {
        throw Violation("left out although it is not in quarantine", index)
      }
    }
    for index in without where stored.contains(index) {
      throw Violation("left out although it is stored", index)
    }
  }
}
