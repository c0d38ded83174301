import PipelineCore

/// A sink whose invariants are checked after each event.
struct SinkBench {
  var machine = Sink(identity: worker(9999), run: .test, stage: 0)
  var now = at(0)

  @discardableResult
  mutating func handle(_ event: Sink.Event) -> [Sink.Action] {
    var actions = Actions<Sink.Action>()
    machine.handle(event, at: now, into: &actions)
    machine.checkInvariants()
    return actions.list
  }

  /// Stores one result and has it made durable.
  mutating func store(_ index: UInt32, from worker: NodeIncarnation, token: UInt64 = 1) {
    handle(.results(token: token, worker: worker, results([index])))
    handle(.persisted(token: token))
  }
}

extension [Sink.Action] {
  var receipts: [Receipt] {
    flatMap { action -> [Receipt] in
      if case .receipts(_, let list) = action { list } else { [] }
    }
  }

  /// What was announced, and to whom.
  var words: [NodeIncarnation: PartitionBitmap] {
    var words: [NodeIncarnation: PartitionBitmap] = [:]
    for action in self {
      if case .announce(let peer, let partitions) = action { words[peer] = partitions }
    }
    return words
  }

  /// The indexes that the output goes without, when it is to be written.
  var completedWithout: [UInt32]? {
    for case .complete(_, let without) in self { return without }
    return nil
  }
}
