import PipelineCore
import Wire
import ZeroMQ

extension WorkerEngine {
  mutating func receiveRosters() throws {
    while let roster = try gear.feed.next() { try handle(.roster(roster)) }
  }

  mutating func receivePacks() throws {
    var count = 0
    while count < RuntimeLimits.burst,
      let (header, payload) = try lane.socket.receivePair(gear.connections)
    {
      count += 1
      do {
        try take(header, payload)
      } catch let error as WireError {
        gear.connections.note(.wire(error))
      }
    }
  }

  private mutating func take(_ header: SharedMessage, _ payload: SharedMessage) throws {
    let content: (DataHeader, StageSpecification?, partitions: Int, bytes: Int) =
      try header.withUnsafeBytes { header throws(WireError) in
        try payload.withUnsafeBytes { payload throws(WireError) in
          let message = try DataMessage(frame: header, payload: payload)
          switch message.content {
          case .stage(let specification): return (message.header, specification, 0, 0)
          case .lane(let entries):
            return (message.header, nil, entries.count, entries.reduce(0) { $0 + $1.entry.size })
          case .results, .receipts, .stored:
            throw .init(.malformed, "results and a sink's words do not belong on a lane")
          }
        }
      }
    if let specification = content.1 {
      if content.0.subject == identity {
        hasStage = true
        gear.compute.post(.prepare(specification, gear.meter))
      }
      return
    }
    let token = gear.nextToken()
    packs[token] = ReceivedPack(header: header, payload: payload)
    guard let subject = content.0.subject else {
      preconditionFailure("a validated lane message has a subject")
    }
    try handle(
      .pack(
        Worker.Pack(
          token: token, run: content.0.run, sender: content.0.sender, subject: subject,
          partitions: content.partitions, bytes: content.bytes, hasStage: hasStage)))
  }
}
