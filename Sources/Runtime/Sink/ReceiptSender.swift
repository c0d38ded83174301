import PipelineCore
import Wire
import ZeroMQ

/// Sends receipts to the ventilator and to the supervisor, and keeps what comes before they are known.
struct ReceiptSender {
  private let run: RunID
  private let stage: UInt32
  private let sender: NodeIncarnation
  private var encoder = DataEncoder()
  private var targets = [Target(role: .ventilator), Target(role: .supervisor)]

  private struct Target {
    let role: Roles
    var socket: ReceiptSocket?
    /// Messages for a peer that is not known yet; bounded by what it can have outstanding.
    var waiting: [(header: SharedMessage, payload: SharedMessage)] = []

    init(role: Roles) { self.role = role }
  }

  init(run: RunID, stage: UInt32, sender: NodeIncarnation) {
    self.run = run
    self.stage = stage
    self.sender = sender
  }

  /// Connects to the ventilator and the supervisor on the roster.
  mutating func follow(_ roster: Roster, _ context: Context) throws {
    for position in targets.indices {
      let role = targets[position].role
      guard
        let member = roster.members.first(where: {
          $0.roles.contains(role) && !$0.endpoints.receipts.isEmpty
        }), targets[position].socket?.node != member.node
      else { continue }
      let socket = try ReceiptSocket(
        context, node: member.node, endpoint: Endpoint(member.endpoints.receipts))
      for message in targets[position].waiting { try socket.send(message.header, message.payload) }
      targets[position].waiting.removeAll()
      targets[position].socket = socket
    }
  }

  /// Sends receipts, all for attempts of one worker.
  mutating func send(_ receipts: [Receipt], about worker: NodeIncarnation) throws {
    var failures: [UInt8] = []
    encoder.begin(
      DataHeader(kind: .receipts, stage: stage, run: run, sender: sender, subject: worker))
    for receipt in receipts { encoder.append(receipt, payload: &failures) }
    encoder.seal()
    let header = encoder.withFrame { SharedMessage(Message(copying: $0)) }
    let payload = SharedMessage(Message(copying: failures))
    for position in targets.indices {
      if let socket = targets[position].socket {
        try socket.send(header, payload)
      } else {
        targets[position].waiting.append((header, payload))
      }
    }
  }
}

/// The socket through which receipts go to one node.
private final class ReceiptSocket {
  let node: NodeIncarnation
  private var socket: PushSocket

  init(_ context: Context, node: NodeIncarnation, endpoint: Endpoint) throws(ZeroMQError) {
    self.node = node
    socket = try PushSocket(context, options: RuntimeLimits.dataSocket)
    try socket.connect(to: endpoint)
  }

  /// Sends a message as a whole, unless the peer is gone.
  ///
  /// Credit bounds what can be on the way far below the high-water mark, so a send blocks in one case
  /// only: the peer in this process has left, and closed its end, before this role heard that the run
  /// is over. It needs no receipts any more.
  func send(_ header: SharedMessage, _ payload: SharedMessage) throws(ZeroMQError) {
    switch try socket.send(header.makeMessage(), payload.makeMessage()) {
    case .sent, .lost, .wouldBlock: break
    }
  }
}
