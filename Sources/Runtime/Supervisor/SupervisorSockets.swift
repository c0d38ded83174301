import PipelineCore
import Wire
import ZeroMQ

/// The sockets that a supervisor binds, for as long as it runs.
struct SupervisorSockets: ~Copyable {
  var beats: SubscribeSocket
  var roster: PublishSocket
  var receipts: PullSocket
  private let connections: Connections
  private var rosterWriter = RosterWriter()
  private let beatsSlot: PollSlot
  private let receiptsSlot: PollSlot
  /// Tell of connections that did not come to stand; `nil` where all peers are on this host.
  private var beatsMonitor: SocketMonitor?
  private var rosterMonitor: SocketMonitor?
  private var receiptsMonitor: SocketMonitor?

  /// Binds them, and has a poller wait for what comes.
  ///
  /// - Throws: ``ZeroMQError`` when an address is in use or cannot be bound.
  init(_ connections: Connections, in poller: inout Poller) throws(ZeroMQError) {
    let address = connections.supervisor
    let control = connections.serverOptions(RuntimeLimits.controlSocket)
    var beats = try SubscribeSocket(connections.context, options: control)
    try beats.subscribe()
    var roster = try PublishSocket(
      connections.context, options: connections.serverOptions(RuntimeLimits.rosterSocket))
    var receipts = try PullSocket(
      connections.context, options: connections.serverOptions(RuntimeLimits.dataSocket))
    if !connections.transport.isLocal {
      beatsMonitor = try SocketMonitor(beats)
      rosterMonitor = try SocketMonitor(roster)
      receiptsMonitor = try SocketMonitor(receipts)
      _ = try poller.add(beatsMonitor!)
      _ = try poller.add(rosterMonitor!)
      _ = try poller.add(receiptsMonitor!)
    }
    try beats.bind(to: address.beats)
    try roster.bind(to: address.roster)
    try receipts.bind(to: address.receipts)
    let beatsSlot = try poller.add(beats, for: .readable)
    let receiptsSlot = try poller.add(receipts, for: .readable)
    self.connections = connections
    self.beats = beats
    self.roster = roster
    self.receipts = receipts
    self.beatsSlot = beatsSlot
    self.receiptsSlot = receiptsSlot
  }

  /// Waits with a poller until something else happens than that receipts come, or beats where those are
  /// left as well.
  ///
  /// - Throws: ``ZeroMQError``.
  func wait(
    _ span: Span, leavingBeats: Bool, in poller: inout Poller
  ) throws(ZeroMQError) {
    poller.setEvents([], at: receiptsSlot)
    if leavingBeats { poller.setEvents([], at: beatsSlot) }
    defer {
      poller.setEvents(.readable, at: receiptsSlot)
      poller.setEvents(.readable, at: beatsSlot)
    }
    _ = try poller.poll(timeout: .nanoseconds(span.nanoseconds))
  }

  /// Publishes a roster. A PUB socket never blocks: who misses this one gets the next.
  ///
  /// - Throws: ``ZeroMQError``.
  mutating func publish(_ state: Roster) throws(ZeroMQError) {
    _ = try roster.send(Message(copying: rosterWriter.frame(state)))
  }

  /// Cuts everybody off. Who is still admitted comes back within a reconnect interval.
  ///
  /// - Throws: ``ZeroMQError``.
  mutating func cutOffPeers() throws(ZeroMQError) {
    try beats.cutOffPeers(at: try beats.lastEndpoint())
    try roster.cutOffPeers(at: try roster.lastEndpoint())
    try receipts.cutOffPeers(at: try receipts.lastEndpoint())
  }

  /// Counts connections that did not come to stand.
  ///
  /// - Throws: ``ZeroMQError``.
  mutating func countRefusals() throws(ZeroMQError) {
    guard beatsMonitor != nil else { return }
    try beatsMonitor!.countRefusals(connections)
    try rosterMonitor!.countRefusals(connections)
    try receiptsMonitor!.countRefusals(connections)
  }
}
