import Logging
import PipelineCore
import Wire
import ZeroMQ

/// The supervisor's rosters as a node receives them, for as long as its process takes part in runs.
final class RosterFeed {
  private let connections: Connections
  private let log: Logger
  /// Tells why the supervisor is not heard; `nil` where it is on this host.
  private var monitor: SocketMonitor?
  private var socket: SubscribeSocket
  private var filter = RosterFilter()
  private var silence: SupervisorSilence

  /// Subscribes.
  ///
  /// - Throws: ``ZeroMQError``.
  init(_ connections: Connections, log: Logger) throws(ZeroMQError) {
    self.connections = connections
    self.log = log
    silence = SupervisorSilence(since: MonotonicClock.now)
    var socket = try SubscribeSocket(
      connections.context, options: connections.supervisorOptions(RuntimeLimits.rosterSocket))
    try socket.subscribe()
    if !connections.transport.isLocal { monitor = try SocketMonitor(socket) }
    try socket.connect(to: connections.supervisor.roster)
    self.socket = socket
  }

  /// The last roster.
  var last: Roster? { filter.last }

  /// Has a poller wait for rosters.
  ///
  /// - Throws: ``ZeroMQError``.
  func watch(in poller: inout Poller) throws(ZeroMQError) -> PollSlot {
    try poller.add(socket, for: .readable)
  }

  /// The next roster that is not one of the past, or `nil` when there is none. Whom it lists may connect
  /// from now on.
  ///
  /// - Throws: ``ZeroMQError``.
  func next() throws(ZeroMQError) -> Roster? {
    while let (message, _) = try socket.receiveControl(connections, isBound: false) {
      guard case .roster(let roster) = message, filter.accepts(roster) else { continue }
      connections.learn(roster)
      if monitor != nil, silence.end(at: MonotonicClock.now) {
        log.notice("hears the supervisor again")
      }
      return roster
    }
    return nil
  }

  /// Tells of a silence that lasts, and what the network says of it. To be called at least once a second.
  ///
  /// - Throws: ``ZeroMQError``.
  func listen() throws(ZeroMQError) {
    guard monitor != nil else { return }
    while let event = try monitor!.receive() {
      if case .handshakeFailed(let failure) = event.kind { silence.reason = failure }
    }
    if let words = silence.words(at: MonotonicClock.now, connections.supervisor.beats) {
      log.warning("\(words)")
    }
  }
}
