import PipelineCore

/// What a sink may do, told from the messages it was given.
struct SinkModel {
  private struct Message {
    var token: UInt64
    var items: [Sink.Item]
    var isPersisted = false
  }

  private struct Attempt: Hashable {
    var partition: UInt32
    var attempt: UInt16
  }

  /// Tokens count up from 1.
  private var messages: [Message] = []
  private var stored: Set<UInt32> = []
  private var storedSaid: Set<UInt32> = []
  private var answered: Set<Attempt> = []
  private(set) var isComplete = false

  /// Partitions stored.
  var storedCount: Int { stored.count }

  /// Whether a partition's result is stored.
  func hasStored(_ index: UInt32) -> Bool { stored.contains(index) }

  /// Takes in what the machine is told.
  mutating func observe(_ event: Sink.Event) {
    switch event {
    case .results(let token, _, let items):
      messages.append(Message(token: token, items: items))
    case .persisted(let token):
      for place in messages.indices where messages[place].token <= token {
        messages[place].isPersisted = true
      }
    case .storeFailed, .roster, .outputWritten, .outputFailed: break
    }
  }

  /// Judges what the machine wants done; `total` is the true number of partitions.
  mutating func judge(_ action: Sink.Action, total: Int) throws(Violation) {
    switch action {
    case .store(let token, let item):
      let index = messages[Int(token - 1)].items[item].partition.index
      if !stored.insert(index).inserted { throw Violation("stored twice", index) }
    case .persist, .leave: break
    case .receipts(_, let receipts):
      for receipt in receipts { try judge(receipt) }
    case .differs(let partition, _, _, _):
      throw Violation("reported to differ, and all copies are equal", partition.index)
    case .complete(let partitions):
      if isComplete { throw Violation("completed twice") }
      isComplete = true
      if Int(partitions) != total || stored.count != total {
        throw Violation("completed with \(stored.count) of \(total) stored")
      }
      if messages.contains(where: { !$0.isPersisted }) {
        throw Violation("completed before all was durable")
      }
    case .reject(_, _, let reason):
      throw Violation("a good message was rejected: \(reason)")
    }
  }

  private mutating func judge(_ receipt: Receipt) throws(Violation) {
    let index = receipt.partition.index
    let source = messages.first { message in
      message.items.contains { $0.partition.index == index && $0.attempt == receipt.attempt }
    }
    guard let source else { throw Violation("answered and never received", index) }
    if !source.isPersisted { throw Violation("answered before it was durable", index) }
    if !answered.insert(Attempt(partition: index, attempt: receipt.attempt)).inserted {
      throw Violation("attempt \(receipt.attempt) answered twice", index)
    }
    switch receipt.outcome {
    case .stored:
      if !stored.contains(index) { throw Violation("called stored and is not", index) }
      if !storedSaid.insert(index).inserted { throw Violation("called stored twice", index) }
    case .duplicate(_, let agrees):
      if !storedSaid.contains(index) { throw Violation("a copy of nothing", index) }
      if !agrees { throw Violation("equal copies do not agree", index) }
    case .failed: break
    }
  }
}
