import Access
import Logging
import PipelineCore
import Wire
import ZeroMQ

extension SupervisorLoop {
  /// Takes in what has come, and says how many messages it was.
  mutating func receiveBeats() throws -> Int {
    var count = 0
    while count < RuntimeLimits.burst,
      let (message, sender) = try sockets.beats.receiveControl(
        connections, isBound: true, by: &beatReader)
    {
      count += 1
      guard case .beat(let beat) = message else { continue }
      // At the door: others connect to what the roster says and must not stumble over it.
      if let problem = problem(of: beat, from: sender) ?? news(of: beat) {
        connections.note(
          .unacceptable("a beat of \(beat.name): \(problem)"),
          from: beat.origin.isEmpty ? nil : beat.origin)
        continue
      }
      // A sink has sent its receipts when it says that it has finished; they may have come just now.
      if case .finished = beat.phase { _ = try receiveReceipts() }
      let late = current.machine.lateBeats
      try handle(.beat(beat))
      if current.machine.lateBeats != late { connections.note(.replayed) }
    }
    return count
  }

  /// Why a beat is not to be heard, or `nil` when it is.
  private func problem(of beat: Beat, from sender: CurvePublicKey?) -> String? {
    if beat.sender.node == current.identity.node {
      return "it claims the supervisor's own id \(beat.sender.node.rawValue); start the node with "
        + "another --node"
    }
    if let sender, beat.endpoints.key != sender.bytes {
      return "it claims another key than its sender's"
    }
    return nil
  }

  /// Notes a beat unless others cannot connect to where its node says that it binds, and says why.
  private mutating func news(of beat: Beat) -> String? {
    let now = MonotonicClock.now
    if current.noteAgain(beat, at: now) { return nil }
    let endpoints = beat.endpoints
    for text in [endpoints.lane, endpoints.results, endpoints.receipts, endpoints.orders]
    where !text.isEmpty {
      do throws(ZeroMQError) {
        let endpoint = try Endpoint(text)
        if connections.transport.isLocal { continue }
        guard case .tcp(let host, let port) = endpoint, host != "*", port > 0 else {
          return "nobody can connect to \(text)"
        }
      } catch {
        return "\(error)"
      }
    }
    current.note(beat, at: now)
    return nil
  }

  /// Takes in what has come, and says how many messages it was.
  mutating func receiveReceipts() throws -> Int {
    var count = 0
    while count < RuntimeLimits.burst,
      let (header, payload) = try sockets.receipts.receivePair(connections)
    {
      count += 1
      do {
        switch try ReceiptMessage(
          header, payload, run: current.run, recipient: current.identity)
        {
        case .receipts(let list, let sink):
          try handle(.receipts(list, from: sink))
          tell(current.untold(list, from: sink))
        case .stored(let bitmap, let sink):
          try handle(.stored(bitmap, by: sink))
          tell(current.untold(bitmap, by: sink))
        case nil: break
        }
      } catch let error as WireError {
        connections.note(.wire(error))
      }
    }
    return count
  }

  /// Looks at the allow-list now and then. Who is not on it any more is cut off and off the roster, which
  /// has every node drop what comes from it.
  mutating func followAllowList() throws {
    switch connections.followAllowList() {
    case nil, .unchanged: break
    case .failed(let error):
      log.warning(
        "the allow-list is not read any more; those who were on it last still get in",
        metadata: ["error": "\(error)"])
    case .changed(let added, let removed):
      for entry in added { log.notice("\(entry.name) gets in from now on") }
      for entry in removed { log.notice("\(entry.name) is shut out from now on") }
      if removed.isEmpty { return }
      for member in current.machine.members where member.node != current.identity {
        if !connections.isAdmitted(CurvePublicKey(bytes: member.endpoints.key)) {
          try handle(.revoked(member.node))
        }
      }
      try sockets.cutOffPeers()
    }
  }
}
