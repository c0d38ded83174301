import Testing
import ZeroMQ

/// Runs a test with a context and an ipc directory of its own. On the way out every socket must be
/// closed, every message sent or given up, and the directory empty.
func withContext(
  ioThreads: Int = 1, _ body: (Context, PrivateDirectory) throws -> Void
) throws {
  let context = try Context(ioThreads: ioThreads)
  let directory = try PrivateDirectory(temporary: "mr")
  do {
    try body(context, directory)
  } catch {
    Issue.record(error)
  }
  try context.terminate(within: .seconds(10))
  #expect(context.openSocketCount == 0)
  try directory.remove()
}

/// The longest that anything in these tests is waited for.
let patience: Duration = .seconds(10)

/// Receives the next message, or nil if none comes in time.
func nextMessage<Pattern: ReceivingPattern>(
  _ socket: inout Socket<Pattern>, within timeout: Duration = patience
) throws -> [[UInt8]]? {
  var message = Multipart(maximumFrames: 8)
  guard try waitReadable(socket, within: timeout) else { return nil }
  guard try socket.receive(into: &message) else { return nil }
  return (0..<message.count).map { index in
    message.withUnsafeBytes(ofFrame: index) { Array($0) }
  }
}

/// Waits until a socket can be received from.
func waitReadable<Pattern: SocketPattern>(
  _ socket: borrowing Socket<Pattern>, within timeout: Duration = patience
) throws -> Bool {
  var poller = Poller()
  _ = try poller.add(socket, for: .readable)
  return try poller.poll(timeout: timeout) == 1
}

/// Waits until a socket has a peer with room.
func waitWritable<Pattern: SocketPattern>(
  _ socket: borrowing Socket<Pattern>, within timeout: Duration = patience
) throws -> Bool {
  var poller = Poller()
  _ = try poller.add(socket, for: .writable)
  return try poller.poll(timeout: timeout) == 1
}

/// Receives events until one fits; nil if none does in time.
func nextEvent(
  _ monitor: inout SocketMonitor, where fits: (SocketEvent.Kind) -> Bool
) throws -> SocketEvent? {
  let deadline = ContinuousClock.now + patience
  while ContinuousClock.now < deadline {
    while let event = try monitor.receive() {
      if fits(event.kind) { return event }
    }
    var poller = Poller()
    _ = try poller.add(monitor)
    _ = try poller.poll(timeout: .milliseconds(100))
  }
  return nil
}

/// Bytes of a text.
func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// A frame of a text.
func frame(_ text: String) -> Message { Message(copying: Array(text.utf8)) }

/// The error that `body` throws; a failed expectation if it throws none.
func zeroMQError(
  _ body: () throws -> Void, sourceLocation: SourceLocation = #_sourceLocation
) -> ZeroMQError? {
  let error = #expect(throws: ZeroMQError.self, sourceLocation: sourceLocation) { try body() }
  return error
}
