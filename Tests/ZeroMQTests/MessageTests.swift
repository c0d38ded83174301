import Testing
import ZeroMQ

@Suite("Frames carry bytes without copies and let go of them once")
struct MessageTests {
  @Test("bytes are read back", arguments: [0, 1, 29, 33, 34, 64, 10_000])
  func roundTrip(count: Int) {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
    #expect(Message(copying: bytes).copyBytes() == bytes)
    let filled = Message(size: count) { $0.copyBytes(from: bytes) }
    #expect(filled.copyBytes() == bytes)
    #expect(filled.count == count)
    #expect(filled.hasMore == false)
  }

  @Test("a fill that throws leaves nothing behind")
  func failingFill() {
    struct Refusal: Error {}
    #expect(throws: Refusal.self) {
      _ = try Message(size: 100) { _ throws(Refusal) in throw Refusal() }
    }
  }

  @Test("an adopted frame that is dropped lets go of its owner", arguments: [0, 5, 100_000])
  func adoptedAndDropped(count: Int) {
    let releases = Shared(0)
    do {
      let owner = Owner(count, releases: releases)
      _ = Message(adopting: UnsafeRawBufferPointer(owner.bytes), owner: owner)
    }
    #expect(releases.value == 1)
  }

  @Test("an adopted frame is sent from where it is, and freed once", arguments: ["inproc", "ipc"])
  func adoptedAndSent(transport: String) throws {
    let releases = Shared(0)
    try withContext { context, directory in
      let endpoint =
        transport == "ipc" ? try directory.endpoint("lane") : Endpoint.inproc(name: "lane")
      var pull = try PullSocket(context)
      try pull.bind(to: endpoint)
      var push = try PushSocket(context)
      try push.connect(to: endpoint)
      for _ in 0..<3 {
        let owner = Owner(1 << 20, releases: releases)
        let payload = Message(adopting: UnsafeRawBufferPointer(owner.bytes), owner: owner)
        #expect(try push.send(frame("header"), payload) == .sent)
      }
      for _ in 0..<3 {
        let message = try #require(try nextMessage(&pull))
        #expect(message[1] == [UInt8](repeating: 7, count: 1 << 20))
      }
      #expect(releases.waits { $0 == 3 })
    }
    #expect(releases.value == 3)
  }

  @Test("a frame published to two subscribers is freed once, after both")
  func adoptedAndPublished() throws {
    let releases = Shared(0)
    try withContext { context, directory in
      let endpoint = try directory.endpoint("roster")
      var publisher = try PublishSocket(context)
      try publisher.bind(to: endpoint)
      var first = try SubscribeSocket(context)
      var second = try SubscribeSocket(context)
      for () in [()] {
        try first.connect(to: endpoint)
        try first.subscribe()
        try second.connect(to: endpoint)
        try second.subscribe()
      }
      // Until both have joined.
      var joined = (false, false)
      while !(joined.0 && joined.1) {
        #expect(try publisher.send(frame("join")) == .sent)
        if try nextMessage(&first, within: .milliseconds(10)) != nil { joined.0 = true }
        if try nextMessage(&second, within: .milliseconds(10)) != nil { joined.1 = true }
      }
      let owner = Owner(100_000, releases: releases)
      _ = try publisher.send(
        Message(adopting: UnsafeRawBufferPointer(owner.bytes), owner: owner))
      while try nextMessage(&first)?[0].count != 100_000 {}
      while try nextMessage(&second)?[0].count != 100_000 {}
    }
    #expect(releases.value == 1)
  }

  @Test("a frame that was refused is whole, and freed once when dropped")
  func adoptedAndRefused() throws {
    let releases = Shared(0)
    try withContext { context, _ in
      var push = try PushSocket(context)
      let owner = Owner(1_000, releases: releases)
      var header = frame("header")
      var payload = Message(adopting: UnsafeRawBufferPointer(owner.bytes), owner: owner)
      #expect(try push.send(&header, &payload) == .wouldBlock)
      #expect(header.copyBytes() == bytes("header"))
      #expect(payload.count == 1_000)
      #expect(releases.value == 0)
    }
    #expect(releases.value == 1)
  }

  @Test("what lingers unsent is freed once when it is given up")
  func adoptedAndGivenUp() throws {
    let releases = Shared(0)
    try withContext { context, directory in
      var options = SocketOptions()
      options.linger = .milliseconds(20)
      var push = try PushSocket(context, options: options)
      try push.connect(to: try directory.endpoint("nobody"))
      let owner = Owner(1_000, releases: releases)
      let payload = Message(adopting: UnsafeRawBufferPointer(owner.bytes), owner: owner)
      #expect(try push.send(payload) == .sent)
    }
    #expect(releases.value == 1)
  }

  @Test("a received frame is read on another thread and passed on without a copy")
  func handedOver() throws {
    try withContext { context, directory in
      var pull = try PullSocket(context)
      try pull.bind(to: try directory.endpoint("lane"))
      var push = try PushSocket(context)
      try push.connect(to: try directory.endpoint("lane"))
      #expect(try push.send(Message(copying: [UInt8](repeating: 9, count: 50_000))) == .sent)
      var message = Multipart(maximumFrames: 2)
      #expect(try waitReadable(pull))
      #expect(try pull.receive(into: &message))
      let shared = SharedMessage(message.take(0))
      #expect(message.byteCount(ofFrame: 0) == 0)
      let sum = Shared(0)
      let thread = TestThread {
        sum.value = shared.withUnsafeBytes { $0.reduce(0) { $0 + Int($1) } }
      }
      thread.join()
      #expect(sum.value == 450_000)
      let copy = shared.makeMessage()
      let first = shared.withUnsafeBytes { $0.baseAddress }
      #expect(copy.withUnsafeBytes { $0.baseAddress } == first)
    }
  }
}
