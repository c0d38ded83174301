import ZeroMQ

/// The backstops behind credit: generous, so that reaching one is a defect.
enum RuntimeLimits {
  /// Messages queued on a data socket.
  static let dataHighWaterMark = 200_000
  /// Rosters queued for one node. The latest alone counts, and each tells all: what a node that takes
  /// none misses is made good by the next that it takes.
  static let rosterHighWaterMark = 64
  /// The largest partition that travels inline, in bytes.
  static let inlinePartition = 1 << 30
  /// The largest frame on a data socket, in bytes.
  static let dataFrame = (1 << 30) + (64 << 20)
  /// A results message is closed when its results have this many bytes; one more may be larger.
  static let resultsMessage = 32 << 20
  /// Messages taken from one socket before the others are looked at.
  static let burst = 256

  /// Options of sockets that carry partitions, results and receipts.
  static var dataSocket: SocketOptions {
    var options = SocketOptions()
    options.sendHighWaterMark = dataHighWaterMark
    options.receiveHighWaterMark = dataHighWaterMark
    options.maximumMessageSize = dataFrame
    return withinHost(options)
  }

  /// Options of sockets that carry beats and orders.
  static var controlSocket: SocketOptions {
    var options = SocketOptions()
    options.maximumMessageSize = 8 << 20
    return withinHost(options)
  }

  /// Options of sockets that carry rosters.
  static var rosterSocket: SocketOptions {
    var options = controlSocket
    options.sendHighWaterMark = rosterHighWaterMark
    options.receiveHighWaterMark = rosterHighWaterMark
    return options
  }

  /// A role's socket may connect a moment before its peer's is bound: a long wait would delay the start
  /// of each run. Beyond this host the connections' own times hold.
  private static func withinHost(_ options: SocketOptions) -> SocketOptions {
    var options = options
    options.reconnectInterval = .milliseconds(1)
    options.maximumReconnectInterval = .milliseconds(100)
    return options
  }
}
