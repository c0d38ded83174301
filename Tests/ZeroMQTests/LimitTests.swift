import Testing
import ZeroMQ

@Suite("Every queue and frame has a limit")
struct LimitTests {
  @Test("a send beyond the high-water mark says that it would block, and takes nothing")
  func highWaterMark() throws {
    try withContext { context, directory in
      var options = SocketOptions()
      options.sendHighWaterMark = 4
      options.receiveHighWaterMark = 4
      options.linger = .zero
      var pull = try PullSocket(context, options: options)
      try pull.bind(to: try directory.endpoint("lane"))
      var push = try PushSocket(context, options: options)
      try push.connect(to: try directory.endpoint("lane"))
      var sent = 0
      var payload = Message(copying: [UInt8](repeating: 1, count: 4_096))
      while try push.send(frame("\(sent)"), Message(copying: [UInt8](repeating: 1, count: 4_096)))
        == .sent
      {
        sent += 1
        try #require(sent < 10_000)
      }
      #expect(sent >= 4)
      // Filling goes on while the I/O thread moves messages to the kernel.
      var header = frame("last")
      while try push.send(&header, &payload) == .sent {
        sent += 1
        header = frame("last")
        payload = Message(copying: [UInt8](repeating: 1, count: 4_096))
      }
      #expect(payload.count == 4_096)
      for _ in 0..<sent { #expect(try nextMessage(&pull)?.count == 2) }
      #expect(try waitWritable(push))
      #expect(try push.canSend())
      #expect(try push.send(&header, &payload) == .sent)
      #expect(payload.count == 0)
    }
  }

  @Test("a lane that is full does not hold up the beats of the same context")
  func beatsPassBulk() throws {
    try withContext { context, directory in
      var options = SocketOptions()
      options.sendHighWaterMark = 4
      options.receiveHighWaterMark = 4
      options.linger = .zero
      var pull = try PullSocket(context, options: options)
      try pull.bind(to: try directory.endpoint("lane"))
      var push = try PushSocket(context, options: options)
      try push.connect(to: try directory.endpoint("lane"))
      var beats = try SubscribeSocket(context)
      try beats.bind(to: try directory.endpoint("beats"))
      try beats.subscribe()
      var heart = try PublishSocket(context)
      try heart.connect(to: try directory.endpoint("beats"))
      while try push.send(Message(copying: [UInt8](repeating: 1, count: 100_000))) == .sent {}
      var arrived = false
      let deadline = ContinuousClock.now + patience
      while !arrived, ContinuousClock.now < deadline {
        #expect(try heart.send(frame("beat")) == .sent)
        arrived = try nextMessage(&beats, within: .milliseconds(20)) != nil
      }
      #expect(arrived)
    }
  }

  @Test("a peer that sends too large a frame is disconnected, and may send smaller ones again")
  func maximumMessageSize() throws {
    try withContext { context, directory in
      var options = SocketOptions()
      options.maximumMessageSize = 1_000
      var pull = try PullSocket(context, options: options)
      var monitor = try SocketMonitor(pull)
      try pull.bind(to: try directory.endpoint("lane"))
      options.maximumMessageSize = 1 << 20
      options.reconnectInterval = .milliseconds(10)
      var push = try PushSocket(context, options: options)
      try push.connect(to: try directory.endpoint("lane"))
      #expect(try push.send(Message(copying: [UInt8](repeating: 1, count: 1_001))) == .sent)
      #expect(try nextEvent(&monitor) { $0 == .disconnected } != nil)
      #expect(try nextMessage(&pull, within: .zero) == nil)
      #expect(try nextEvent(&monitor) { $0 == .handshakeSucceeded } != nil)
      let fitting = [UInt8](repeating: 2, count: 1_000)
      #expect(try push.send(Message(copying: fitting)) == .sent)
      #expect(try nextMessage(&pull) == [fitting])
    }
  }

  @Test("a frame larger than the own limit is refused before anything is sent")
  func ownFrameTooLarge() throws {
    try withContext { context, _ in
      var options = SocketOptions()
      options.maximumMessageSize = 100
      var pull = try PullSocket(context)
      try pull.bind(to: .inproc(name: "lane"))
      var push = try PushSocket(context, options: options)
      try push.connect(to: .inproc(name: "lane"))
      let error = zeroMQError {
        _ = try push.send(frame("header"), Message(copying: [UInt8](repeating: 0, count: 101)))
      }
      #expect(error?.code == .messageTooLarge)
      #expect(error?.description.contains("101 bytes") == true)
      #expect(try push.send(frame("header"), frame("payload")) == .sent)
      #expect(try nextMessage(&pull) == [bytes("header"), bytes("payload")])
    }
  }

  @Test("options out of range are refused by name")
  func optionRanges() throws {
    let changes: [(String, (inout SocketOptions) -> Void)] = [
      ("linger", { $0.linger = .seconds(61) }),
      ("linger", { $0.linger = .seconds(-1) }),
      ("sendHighWaterMark", { $0.sendHighWaterMark = 0 }),
      ("receiveHighWaterMark", { $0.receiveHighWaterMark = 1_000_001 }),
      ("maximumMessageSize", { $0.maximumMessageSize = 0 }),
      ("handshakeInterval", { $0.handshakeInterval = .zero }),
      ("reconnectInterval", { $0.reconnectInterval = .zero }),
      ("maximumReconnectInterval", { $0.maximumReconnectInterval = .milliseconds(1) }),
      ("connectTimeout", { $0.connectTimeout = .zero }),
      ("sendBuffer", { $0.sendBuffer = 1 }),
      ("receiveBuffer", { $0.receiveBuffer = -1 }),
      ("keepAlive.count", { $0.keepAlive?.count = 0 }),
    ]
    try withContext { context, _ in
      for (name, change) in changes {
        var options = SocketOptions()
        change(&options)
        let error = zeroMQError { _ = try PushSocket(context, options: options) }
        #expect(error?.code == .invalidOption)
        #expect(error?.endpoint == name)
      }
    }
    #expect(zeroMQError { _ = try Context(ioThreads: 0) }?.code == .invalidOption)
    #expect(zeroMQError { _ = try Context(maximumSockets: 0) }?.code == .invalidOption)
  }

  @Test("a context without sockets left says so")
  func maximumSockets() throws {
    let context = try Context(maximumSockets: 1)
    let first = try PullSocket(context)
    let error = zeroMQError { _ = try PullSocket(context) }
    #expect(error?.code == .tooManyOpenFiles)
    #expect(error?.remedy.contains("ulimit") == true)
    try first.close(linger: .zero)
    try context.terminate()
  }

  @Test("no socket sends libzmq's heartbeats")
  func noHeartbeats() throws {
    try withContext { context, _ in
      let push = try PushSocket(context)
      #expect(try push.sendsHeartbeats() == false)
      let pull = try PullSocket(context)
      #expect(try pull.sendsHeartbeats() == false)
      let publish = try PublishSocket(context)
      #expect(try publish.sendsHeartbeats() == false)
      let subscribe = try SubscribeSocket(context)
      #expect(try subscribe.sendsHeartbeats() == false)
    }
  }
}
