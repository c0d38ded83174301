import PipelineCore

/// What goes through pipes.
enum Message {
  case beat(Shared<Beat>)
  case roster(Shared<Roster>)
  case order(Order, from: NodeIncarnation)
  /// The description of the stage, for one worker.
  case stage(NodeIncarnation)
  case pack(Shared<Pack>)
  /// What a worker need not begin.
  case recall(NodeIncarnation, [Recall])
  case results(Shared<Results>)
  case receipts(Shared<Receipts>)
  case stored(Shared<Stored>)

  /// Partitions for a worker.
  struct Pack {
    var sender: NodeIncarnation
    var subject: NodeIncarnation
    var grants: [Ventilator.Grant]
  }

  /// What a worker made of partitions.
  struct Results {
    var sender: NodeIncarnation
    var items: [Sink.Item]
    /// The results themselves, in the order of `items`; empty for attempts that failed.
    var payloads: [[UInt8]]
  }

  /// A sink's receipts.
  struct Receipts {
    var sender: NodeIncarnation
    var list: [Receipt]
  }

  /// A sink's word.
  struct Stored {
    var sender: NodeIncarnation
    var recipient: NodeIncarnation
    var partitions: PartitionBitmap
  }
}

/// A value that many messages share; it never changes.
final class Shared<Value> {
  let value: Value
  init(_ value: Value) { self.value = value }
}
