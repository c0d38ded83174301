import PipelineCore
import ResultStore
import Wire
import ZeroMQ

extension SinkLoop {
  mutating func receiveRosters() throws {
    while let roster = try feed.next() { try handle(.roster(roster)) }
  }

  mutating func receiveResults() throws {
    var count = 0
    while count < RuntimeLimits.burst, !isOver,
      let (header, payload) = try results.socket.receivePair(link.connections)
    {
      count += 1
      do {
        try take(header, payload)
      } catch let error as WireError {
        link.connections.note(.wire(error))
      }
    }
  }

  private mutating func take(_ header: SharedMessage, _ payload: SharedMessage) throws {
    // The bytes stay where they are while the machine decides and they are stored and merged.
    let (frame, body) = (header.bytes, payload.bytes)
    defer { withExtendedLifetime((header, payload)) {} }
    let message = try DataMessage(frame: frame, payload: body)
    guard case .results(let entries) = message.content, message.header.run == setup.run else {
      throw WireError(.malformed, "only results of this run belong on this channel")
    }
    defer { items.removeAll(keepingCapacity: true) }
    current.token += 1
    current.results.removeAll(keepingCapacity: true)
    for (entry, payload) in entries {
      items.append(Self.item(entry, payload, stage: message.header.stage))
      current.results.append(
        NewResult(
          index: entry.index, digest: entry.digest, rows: entry.rows, skipped: entry.skipped,
          outputRows: entry.outputRows,
          payload: setup.target.discardsResults
            ? UnsafeRawBufferPointer(start: nil, count: 0) : payload))
    }
    try handle(.results(token: current.token, worker: message.header.sender, items))
  }

  private static func item(
    _ entry: ResultEntry, _ payload: UnsafeRawBufferPointer, stage: UInt32
  ) -> Sink.Item {
    let partition = PartitionID(stage: stage, index: entry.index)
    let outcome: Sink.Outcome
    do throws(WireError) {
      try entry.verify(payload: payload)
      switch entry.kind {
      case .failure: outcome = .failed(try Failure(wire: payload))
      case .result:
        outcome = .result(
          digest: entry.digest, bytes: UInt64(entry.length),
          counts: Sink.Counts(
            rows: entry.rows, skipped: entry.skipped, outputRows: entry.outputRows))
      }
    } catch {
      // Damaged on the way: the same partition may arrive whole the next time.
      outcome = .failed(Failure(.operating, error.message))
    }
    return Sink.Item(partition: partition, attempt: entry.attempt, outcome: outcome)
  }
}
