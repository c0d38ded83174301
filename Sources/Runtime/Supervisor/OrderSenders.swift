import Logging
import PipelineCore
import Wire
import ZeroMQ

/// The sockets through which a run's orders go to its ventilators.
struct OrderSenders {
  private let connections: Connections
  private let run: RunID
  private let supervisor: NodeIncarnation
  private let log: Logger
  private var senders: [NodeIncarnation: OrderSender] = [:]
  /// Those that could not be connected to, so that it is told once.
  private var failed: Set<NodeIncarnation> = []

  init(_ connections: Connections, run: RunID, supervisor: NodeIncarnation, log: Logger) {
    self.connections = connections
    self.run = run
    self.supervisor = supervisor
    self.log = log
  }

  /// Connects to the ventilators that a roster lists, and to no others.
  ///
  /// - Throws: ``ZeroMQError``.
  mutating func follow(_ roster: Roster) throws(ZeroMQError) {
    // Incarnations of the past take no orders.
    for node in Array(senders.keys) where roster.member(node.node)?.node != node {
      senders[node] = nil
    }
    for node in failed where roster.member(node.node)?.node != node { failed.remove(node) }
    for member in roster.members where member.roles.contains(.ventilator) {
      guard senders[member.node] == nil, !failed.contains(member.node),
        !member.endpoints.orders.isEmpty
      else { continue }
      do throws(ZeroMQError) {
        senders[member.node] = try OrderSender(
          connections, to: member.node, endpoint: member.endpoints.orders)
      } catch {
        guard !connections.transport.isLocal else { throw error }
        failed.insert(member.node)
        log.warning(
          "cannot connect to the ventilator",
          metadata: [
            "name": "\(member.name)", "endpoint": "\(member.endpoints.orders)",
            "error": "\(error)",
          ])
      }
    }
  }

  /// Sends an order to all of them.
  ///
  /// - Throws: ``ZeroMQError``.
  func send(_ order: Order) throws(ZeroMQError) {
    let message = OrderMessage(run: run, supervisor: supervisor, order: order)
    for sender in senders.values { try sender.send(ControlMessage.order(message).encoded()) }
  }
}

/// The socket through which orders go to one ventilator.
private final class OrderSender {
  private var socket: PushSocket

  init(
    _ connections: Connections, to node: NodeIncarnation, endpoint: String
  ) throws(ZeroMQError) {
    socket = try connections.push(
      to: node, endpoint: endpoint, options: RuntimeLimits.controlSocket)
  }

  func send(_ order: [UInt8]) throws(ZeroMQError) {
    // A ventilator that takes no orders is dead or stopped; it reads the roster when it is back.
    _ = try socket.send(Message(copying: order))
  }
}
