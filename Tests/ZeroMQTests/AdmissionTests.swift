import Testing
import ZeroMQ

@Suite("Across TCP, those on the list get in and are known by their key", .timeLimit(.minutes(2)))
struct AdmissionTests {
  static let hosts = ["127.0.0.1", "[::1]"]

  private func number(_ host: String) -> String {
    host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
  }

  @Test("each frame from a PUSH carries its sender's key and address", arguments: hosts)
  func pushPull(host: String) throws {
    try withPeers { peers in
      var pull = try PullSocket(peers.serverContext, options: peers.serverOptions)
      try pull.bind(to: .tcp(host: host, port: 0))
      var push = try PushSocket(peers.clientContext, options: peers.clientOptions)
      try push.connect(to: try pull.lastEndpoint())
      #expect(try push.send(frame("header"), frame("payload")) == .sent)
      try #require(try waitReadable(pull))
      var received = Message()
      for text in ["header", "payload"] {
        #expect(try pull.receiveFrame(into: &received))
        #expect(received.copyBytes() == bytes(text))
        #expect(received.userID() == peers.client.publicKey)
        #expect(received.peerAddress() == number(host))
      }
      #expect(peers.handler.denialCount == 0)
    }
  }

  @Test("subscribers and publishers know each other, whoever binds", arguments: hosts)
  func publishSubscribe(host: String) throws {
    try withPeers { peers in
      var beats = try SubscribeSocket(peers.serverContext, options: peers.serverOptions)
      try beats.bind(to: .tcp(host: host, port: 0))
      try beats.subscribe()
      var heart = try PublishSocket(peers.clientContext, options: peers.clientOptions)
      try heart.connect(to: try beats.lastEndpoint())
      let beat = try firstPublished("beat", from: &heart, to: &beats)
      #expect(beat?.key == peers.client.publicKey)
      #expect(beat?.address == number(host))

      var roster = try PublishSocket(peers.serverContext, options: peers.serverOptions)
      try roster.bind(to: .tcp(host: host, port: 0))
      var reader = try SubscribeSocket(peers.clientContext, options: peers.clientOptions)
      try reader.subscribe()
      try reader.connect(to: try roster.lastEndpoint())
      let read = try firstPublished("roster", from: &roster, to: &reader)
      #expect(read?.text == "roster")
      // The side that connects chose the key itself.
      #expect(read?.key == nil)
    }
  }

  @Test("a question carries its asker's key, and the answer comes back", arguments: hosts)
  func requestReply(host: String) throws {
    try withPeers { peers in
      var commands = try ReplySocket(peers.serverContext, options: peers.serverOptions)
      try commands.bind(to: .tcp(host: host, port: 0))
      var ask = try RequestSocket(peers.clientContext, options: peers.clientOptions)
      try ask.connect(to: try commands.lastEndpoint())
      for round in 0..<3 {
        #expect(try ask.send(frame("question \(round)")) == .sent)
        let question = try nextFrom(&commands)
        #expect(question?.text == "question \(round)")
        #expect(question?.key == peers.client.publicKey)
        #expect(try commands.send(frame("answer \(round)")) == .sent)
        #expect(try nextFrom(&ask)?.text == "answer \(round)")
      }
    }
  }

  @Test(
    "a client that was denied gets in by itself once it is listed", arguments: hosts)
  func deniedThenListed(host: String) throws {
    try withPeers(listed: false) { peers in
      var pull = try PullSocket(peers.serverContext, options: peers.serverOptions)
      var monitor = try SocketMonitor(pull)
      try pull.bind(to: .tcp(host: host, port: 0))
      var push = try PushSocket(peers.clientContext, options: peers.clientOptions)
      try push.connect(to: try pull.lastEndpoint())
      #expect(try push.send(frame("let me in")) == .sent)
      let denied = SocketEvent.Kind.handshakeFailed(.denied(status: 300))
      // More than once: it goes on trying.
      for _ in 0..<2 { #expect(try nextEvent(&monitor) { $0 == denied } != nil) }
      #expect(peers.handler.denialCount >= 2)
      #expect(peers.handler.recentDenials.last?.key == peers.client.publicKey)
      #expect(peers.handler.recentDenials.last?.address == number(host))
      #expect(try nextFrom(&pull, within: .zero) == nil)

      peers.handler.replaceAllowed(with: [peers.client.publicKey])
      let message = try nextFrom(&pull)
      #expect(message?.text == "let me in")
      #expect(message?.key == peers.client.publicKey)
    }
  }

  @Test("a denied client is kept waiting, so that it does not ask a hundred times a second")
  func deniedSlowly() throws {
    try withPeers(listed: false) { peers in
      var pull = try PullSocket(peers.serverContext, options: peers.serverOptions)
      try pull.bind(to: .tcp(host: "127.0.0.1", port: 0))
      var push = try PushSocket(peers.clientContext, options: peers.clientOptions)
      try push.connect(to: try pull.lastEndpoint())
      let start = ContinuousClock.now
      while peers.handler.denialCount < 4, ContinuousClock.now - start < patience {
        _ = try waitReadable(pull, within: .milliseconds(10))
      }
      #expect(peers.handler.denialCount >= 4)
      #expect(ContinuousClock.now - start >= .milliseconds(1_500))
    }
  }

  @Test("a client that waits for its denial is let in as soon as it is listed")
  func listedWhileHeld() throws {
    try withPeers(listed: false) { peers in
      var pull = try PullSocket(peers.serverContext, options: peers.serverOptions)
      try pull.bind(to: .tcp(host: "127.0.0.1", port: 0))
      var push = try PushSocket(peers.clientContext, options: peers.clientOptions)
      try push.connect(to: try pull.lastEndpoint())
      #expect(try push.send(frame("hello")) == .sent)
      let deadline = ContinuousClock.now + patience
      while peers.handler.denialCount == 0, ContinuousClock.now < deadline {
        _ = try waitReadable(pull, within: .milliseconds(1))
      }
      peers.handler.replaceAllowed(with: [peers.client.publicKey])
      #expect(try nextFrom(&pull)?.text == "hello")
      // Within the same handshake: it was asked about once.
      #expect(peers.handler.denialCount == 1)
    }
  }

  @Test("a client with the key of another server does not get in, and asks nobody")
  func wrongServerKey() throws {
    try withPeers { peers in
      var pull = try PullSocket(peers.serverContext, options: peers.serverOptions)
      var monitor = try SocketMonitor(pull)
      try pull.bind(to: .tcp(host: "127.0.0.1", port: 0))
      let other = try CurveKeyPair.generate()
      var push = try PushSocket(
        peers.clientContext, options: peers.options(peers.client, server: other.publicKey))
      try push.connect(to: try pull.lastEndpoint())
      _ = try push.send(frame("secret"))
      for _ in 0..<2 {
        #expect(try nextEvent(&monitor) { $0 == .handshakeFailed(.wrongKey) } != nil)
      }
      #expect(try nextFrom(&pull, within: .zero) == nil)
      #expect(peers.handler.denialCount == 0)
    }
  }

  @Test("who does not encrypt and who does never get together, whichever side it is")
  func mixed() throws {
    try withPeers { peers in
      var plain = SocketOptions.network
      plain.linger = .zero
      // As a mismatch, or as a connection that the other side closed first.
      let failed = { (kind: SocketEvent.Kind) in
        if case .handshakeFailed = kind { true } else { false }
      }
      var pull = try PullSocket(peers.serverContext, options: peers.serverOptions)
      try pull.bind(to: .tcp(host: "127.0.0.1", port: 0))
      var push = try PushSocket(peers.clientContext, options: plain)
      var monitor = try SocketMonitor(push)
      try push.connect(to: try pull.lastEndpoint())
      _ = try push.send(frame("plain"))
      #expect(try nextEvent(&monitor, where: failed) != nil)

      var open = try PullSocket(peers.serverContext, options: plain)
      try open.bind(to: .tcp(host: "127.0.0.1", port: 0))
      var careful = try PushSocket(peers.clientContext, options: peers.clientOptions)
      var watch = try SocketMonitor(careful)
      try careful.connect(to: try open.lastEndpoint())
      _ = try careful.send(frame("secret"))
      #expect(try nextEvent(&watch, where: failed) != nil)
      #expect(try nextFrom(&pull, within: .zero) == nil)
      #expect(try nextFrom(&open, within: .zero) == nil)
      #expect(peers.handler.denialCount == 0)
    }
  }
}
