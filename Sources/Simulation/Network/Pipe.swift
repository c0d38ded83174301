import DequeModule

/// One connection between two sockets, and what it carries in one direction.
///
/// As in ZeroMQ a PUSH socket keeps what it sends while it is not connected, up to its high-water
/// mark; a PUB socket drops it. Order is kept within a pipe as long as it is connected.
final class Pipe {
  /// How the sending socket treats what cannot go at once.
  enum Kind {
    case push
    case publish
  }

  let kind: Kind
  let channel: Channel
  let connector: SimulatedProcess
  let address: Int
  /// Whether messages go to the side that connects: so do rosters.
  let goesToConnector: Bool
  /// Messages that may be on the way or waiting.
  let highWaterMark: Int
  /// The process that bound the address when the pipe was connected.
  var peer: SimulatedProcess?
  var isConnected = false
  var isClosed = false
  /// Counts connections; a message belongs to the one it was sent in.
  var epoch: UInt32 = 0
  /// Messages of the connection before this one still arrive up to here.
  var lateUntil = Int64.min
  /// How much later than planned what is left of that connection arrives.
  var lateness: Int64 = 0
  /// Whether the connection is reset while the next message is on its way.
  var breaksAtNext = false
  /// Who receives what is left of the connection before this one.
  var formerReceiver: SimulatedProcess?
  var waiting: Deque<Message> = []
  /// Messages on the way or in the receiver's socket.
  var outstanding = 0
  /// Whether anything arrived in the present connection.
  var hasDelivered = false
  var lastArrival = Int64.min

  init(
    _ kind: Kind, _ channel: Channel, from connector: SimulatedProcess, to address: Int,
    goesToConnector: Bool = false, highWaterMark: Int
  ) {
    self.kind = kind
    self.channel = channel
    self.connector = connector
    self.address = address
    self.goesToConnector = goesToConnector
    self.highWaterMark = highWaterMark
  }

  /// Who receives while the pipe is connected.
  var receiver: SimulatedProcess? { goesToConnector ? connector : peer }
}
