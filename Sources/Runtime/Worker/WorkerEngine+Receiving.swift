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
    // The bytes stay where they are meanwhile.
    defer { withExtendedLifetime((header, payload)) {} }
    let message = try DataMessage(frame: header.bytes, payload: payload.bytes)
    guard let subject = message.header.subject else {
      throw WireError(.malformed, "results do not belong on a lane")
    }
    switch message.content {
    case .stage(let specification):
      guard subject == identity else { break }
      hasStage = true
      gear.compute.post(.prepare(specification, gear.meter))
    case .lane(let entries):
      let token = gear.nextToken()
      packs[token] = ReceivedPack(header: header, payload: payload)
      try handle(
        .pack(
          Worker.Pack(
            token: token, run: message.header.run, sender: message.header.sender, subject: subject,
            partitions: entries.count, hasStage: hasStage)))
    case .recall(let entries):
      if subject == identity { gear.meter.recall(entries.map(\.entry.recall)) }
    case .results, .receipts, .stored:
      throw WireError(.malformed, "results and a sink's words do not belong on a lane")
    }
  }
}
