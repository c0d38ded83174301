import Logging
import PipelineCore
import Wire
import ZeroMQ

/// The supervisor's rosters as a node receives them, for as long as its process takes part in runs.
final class RosterFeed {
  private let connections: Connections
  private let log: Logger
  private var socket: SubscribeSocket
  private var filter = RosterFilter()

  /// Subscribes.
  ///
  /// - Throws: ``ZeroMQError``.
  init(_ connections: Connections, log: Logger) throws(ZeroMQError) {
    self.connections = connections
    self.log = log
    socket = try connections.subscribeToRoster()
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
    while let message = try socket.receiveControl(log) {
      guard case .roster(let roster) = message, filter.accepts(roster) else { continue }
      connections.learn(roster)
      return roster
    }
    return nil
  }
}
