import Runtime
import Synchronization
import Wire
import ZeroMQ

/// Answers the requests of clients and nodes, one after the other, on a thread of its own.
///
/// What is not understood, too large or of a peer that is not admitted is refused in words; nothing that
/// a peer sends ends the server.
final class CommandServer: Sendable {
  private let inbox: Inbox<Void>
  private let thread: NativeThread
  private let isStopped = Mutex(false)

  /// Bytes of a message beyond its content.
  private static let room = 1 << 20
  /// Requests of one peer that wait; a client sends one at a time.
  private static let highWaterMark = 4

  /// Binds and starts to answer.
  ///
  /// - Parameters:
  ///   - failed: told when the server ends by itself, which it does when its context ends.
  ///   - answer: called on the server's thread.
  /// - Throws: ``ZeroMQError`` when the address is in use or not to be had, ``RuntimeError``.
  init(
    _ connections: Connections, endpoint: Endpoint,
    failed: @escaping @Sendable (any Error) -> Void,
    answer: @escaping @Sendable (Request) -> Response
  ) throws {
    let inbox = try Inbox<Void>()
    let started = StartResult()
    self.inbox = inbox
    thread = try NativeThread(name: "commands") {
      do {
        var loop = try Loop(connections, endpoint, inbox, answer)
        started.open(nil)
        do {
          try loop.run()
        } catch {
          failed(error)
        }
      } catch {
        started.open(error)
      }
    }
    do {
      try started.wait()
    } catch {
      thread.join()
      throw error
    }
  }

  /// Stops answering, within the answer that is under way. Waits for it.
  func stop() {
    let isFirst = isStopped.withLock { isStopped in
      defer { isStopped = true }
      return !isStopped
    }
    guard isFirst else { return }
    inbox.post(())
    thread.join()
  }

  private struct Loop: ~Copyable {
    private let connections: Connections
    private let inbox: Inbox<Void>
    private let answer: (Request) -> Response
    private var socket: ReplySocket
    private var poller: Poller

    init(
      _ connections: Connections, _ endpoint: Endpoint, _ inbox: Inbox<Void>,
      _ answer: @escaping (Request) -> Response
    ) throws {
      self.connections = connections
      self.inbox = inbox
      self.answer = answer
      var options = SocketOptions()
      options.maximumMessageSize = WireLimits.largeCommand + CommandServer.room
      options.sendHighWaterMark = CommandServer.highWaterMark
      options.receiveHighWaterMark = CommandServer.highWaterMark
      var socket = try ReplySocket(
        connections.context, options: connections.serverOptions(options))
      try socket.bind(to: endpoint)
      var poller = Poller()
      _ = try poller.add(socket, for: .readable)
      _ = try poller.add(fileDescriptor: inbox.descriptor, for: .readable)
      self.socket = socket
      self.poller = poller
    }

    mutating func run() throws {
      var frame = Message()
      while inbox.drain().isEmpty {
        guard try socket.receiveFrame(into: &frame) else {
          _ = try poller.poll(timeout: nil)
          continue
        }
        let response = try self.response(to: frame)
        // Who asked and is gone does not want to know.
        _ = try socket.send(Message(copying: CommandServer.encoded(response)))
      }
    }

    private mutating func response(to frame: borrowing Message) throws -> Response {
      if frame.hasMore {
        try socket.discardRest(of: frame)
        connections.note(.frames("a request of several frames; they have one"))
        return .refused("a request has one frame; run the same release on both")
      }
      // It was admitted when it connected, and its key was revoked since.
      guard connections.admits(frame.userID()) else { return .refused("this key is not allowed") }
      let request: Request
      do throws(WireError) {
        request = try frame.withUnsafeBytes { bytes throws(WireError) in try Request(frame: bytes) }
      } catch {
        connections.note(.wire(error), from: frame.peerAddress())
        return .refused("the request was not understood: \(error)")
      }
      return answer(request)
    }
  }

  private static func encoded(_ response: Response) -> [UInt8] {
    let bytes = response.encoded()
    guard bytes.count > response.sizeLimit else { return bytes }
    return Response.refused(
      "the answer has \(bytes.count) bytes; at most \(response.sizeLimit) can be sent"
    ).encoded()
  }
}
