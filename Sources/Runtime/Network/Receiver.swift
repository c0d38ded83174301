import PipelineCore
import ZeroMQ

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A socket that a node binds, and where others find it.
struct Receiver: ~Copyable {
  var socket: PullSocket
  /// Tells of connections that did not come to stand; `nil` where all peers are on this host.
  private var monitor: SocketMonitor?
  private var slots: [PollSlot] = []
  /// Where others connect.
  let endpoint: String
  /// The file of a socket that nobody binds again.
  private let path: String?

  /// Binds a channel.
  ///
  /// - Throws: ``ZeroMQError`` when an address is in use or cannot be had.
  init(
    _ connections: Connections, _ channel: Channel, options: SocketOptions
  ) throws(ZeroMQError) {
    var socket = try PullSocket(
      connections.context, options: connections.serverOptions(options))
    monitor = connections.transport.isLocal ? nil : try SocketMonitor(socket)
    switch connections.transport {
    case .local(let directory):
      let address = try Self.address(of: channel, in: directory)
      try socket.bind(to: address)
      endpoint = address.description
      if case .lane = channel, case .ipc(let file) = address { path = file } else { path = nil }
    case .network(let network):
      let hosts = try connections.hosts(network)
      try Self.bind(
        &socket, host: hosts.bound, port: network.port.map { $0 &+ channel.portOffset } ?? 0)
      guard case .tcp(_, let port) = try socket.lastEndpoint() else {
        preconditionFailure("a socket bound to tcp says that it is bound elsewhere")
      }
      endpoint = Endpoint.tcp(host: hosts.advertised, port: port).description
      path = nil
    }
    self.socket = socket
  }

  deinit {
    // libzmq closes the socket and leaves its file. What cannot be removed here goes with the
    // directory.
    if let path { unlink(path) }
  }

  /// Has a poller wait for messages.
  ///
  /// - Throws: ``ZeroMQError``.
  mutating func watch(in poller: inout Poller) throws(ZeroMQError) {
    slots.append(try poller.add(socket, for: .readable))
    if monitor != nil { slots.append(try poller.add(monitor!)) }
  }

  /// Whether the last poll found a message.
  func isReadable(_ poller: borrowing Poller) -> Bool {
    slots.first.map { poller.isReadable($0) } ?? false
  }

  /// Has the poller wait no more.
  mutating func leave(_ poller: inout Poller) {
    for slot in slots { poller.remove(slot) }
    slots = []
  }

  /// Counts connections that did not come to stand; to be called whenever the poller has woken up.
  ///
  /// - Throws: ``ZeroMQError``.
  mutating func countRefusals(_ connections: Connections) throws(ZeroMQError) {
    guard monitor != nil else { return }
    try monitor!.countRefusals(connections)
  }

  private static func address(
    of channel: Channel, in directory: PrivateDirectory
  ) throws(ZeroMQError) -> Endpoint {
    switch channel {
    case .lane(let identity):
      // No other incarnation ever has this name.
      let tag = String(identity.incarnation.rawValue, radix: 36)
      return try directory.endpoint("lane-\(identity.node.rawValue)-\(tag)")
    case .results: return try directory.endpoint("results")
    case .orders: return .inproc(name: "ventilator.orders")
    case .receipts: return .inproc(name: "ventilator.receipts")
    }
  }

  /// Binds a port, for which the socket of the run before may not be closed yet.
  private static func bind(
    _ socket: inout PullSocket, host: String, port: UInt16
  ) throws(ZeroMQError) {
    let deadline = MonotonicClock.now + closingTime
    while true {
      do throws(ZeroMQError) {
        return try socket.bind(to: .tcp(host: host, port: port))
      } catch {
        guard error.code == .addressInUse, port != 0, MonotonicClock.now < deadline else {
          throw error
        }
        usleep(2_000)
      }
    }
  }

  /// The longest that a socket of this process takes to close.
  private static let closingTime = Span.seconds(2)
}
