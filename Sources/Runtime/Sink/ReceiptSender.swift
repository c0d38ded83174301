import Logging
import PipelineCore
import Wire
import ZeroMQ

/// Sends receipts, and the word on what is stored, to ventilators and supervisors.
struct ReceiptSender {
  private let connections: Connections
  private let run: RunID
  private let stage: UInt32
  private let sender: NodeIncarnation
  private var encoder = DataEncoder()
  private var peers: [ReceiptSocket] = []

  init(_ connections: Connections, run: RunID, stage: UInt32, sender: NodeIncarnation) {
    self.connections = connections
    self.run = run
    self.stage = stage
    self.sender = sender
  }

  /// Connects to a node's receipts socket. Beyond this host an address that makes no sense is passed
  /// over with a warning: it is that node's fault, and nobody else is to suffer.
  ///
  /// - Throws: ``ZeroMQError``.
  mutating func connect(
    to node: NodeIncarnation, endpoint: String, log: Logger
  ) throws(ZeroMQError) {
    do throws(ZeroMQError) {
      peers.append(try ReceiptSocket(connections, node: node, endpoint: endpoint))
    } catch {
      guard !connections.transport.isLocal else { throw error }
      log.warning(
        "cannot connect to send receipts",
        metadata: [
          "node": "\(node.node.rawValue)", "endpoint": "\(endpoint)", "error": "\(error)",
        ])
    }
  }

  /// Forgets a node; what was not delivered to it is dropped.
  mutating func disconnect(_ node: NodeIncarnation) { peers.removeAll { $0.node == node } }

  /// Tells one node all that is stored.
  mutating func announce(_ stored: PartitionBitmap, to node: NodeIncarnation) throws {
    let payload = encoder.encode(
      stored, stage: stage, run: run, sender: sender, subject: node)
    let header = encoder.withFrame { SharedMessage(Message(copying: $0)) }
    let message = SharedMessage(Message(copying: payload))
    for peer in peers where peer.node == node { try peer.send(header, message) }
  }

  /// Sends receipts, all for attempts of one worker, to every node.
  mutating func send(_ receipts: [Receipt], about worker: NodeIncarnation) throws {
    var failures: [UInt8] = []
    encoder.begin(
      DataHeader(kind: .receipts, stage: stage, run: run, sender: sender, subject: worker))
    for receipt in receipts { encoder.append(receipt, payload: &failures) }
    encoder.seal()
    let header = encoder.withFrame { SharedMessage(Message(copying: $0)) }
    let payload = SharedMessage(Message(copying: failures))
    for peer in peers { try peer.send(header, payload) }
  }
}

/// The socket through which receipts go to one node.
private final class ReceiptSocket {
  let node: NodeIncarnation
  private var socket: PushSocket

  init(
    _ connections: Connections, node: NodeIncarnation, endpoint: String
  ) throws(ZeroMQError) {
    self.node = node
    var options = RuntimeLimits.dataSocket
    // A node that is gone needs no receipts: the next incarnation is told all that is stored.
    options.linger = SocketOptions.shortLinger
    socket = try connections.push(to: node, endpoint: endpoint, options: options)
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
