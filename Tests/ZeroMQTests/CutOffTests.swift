import Testing
import ZeroMQ

@Suite("Who is taken off the list is cut off, and the others come back", .timeLimit(.minutes(2)))
struct CutOffTests {
  /// A socket in a class, for closures.
  private final class Box {
    var push: PushSocket

    init(_ push: consuming PushSocket) { self.push = push }
  }

  @Test("a revoked pusher is cut off and stays out", arguments: AdmissionTests.hosts)
  func revokedPusher(host: String) throws {
    try withPeers { peers in
      let loyal = try CurveKeyPair.generate()
      peers.handler.replaceAllowed(with: [peers.client.publicKey, loyal.publicKey])
      var pull = try PullSocket(peers.serverContext, options: peers.serverOptions)
      try pull.bind(to: .tcp(host: host, port: 0))
      let endpoint = try pull.lastEndpoint()
      var revoked = try PushSocket(peers.clientContext, options: peers.clientOptions)
      var stays = try PushSocket(
        peers.clientContext, options: peers.options(loyal, server: peers.server.publicKey))
      var revokedMonitor = try SocketMonitor(revoked)
      for text in ["a", "b"] {
        if text == "a" {
          try revoked.connect(to: endpoint)
        } else {
          try stays.connect(to: endpoint)
        }
        _ = text == "a" ? try revoked.send(frame(text)) : try stays.send(frame(text))
        #expect(try nextFrom(&pull)?.text == text)
      }

      peers.handler.replaceAllowed(with: [loyal.publicKey])
      try pull.cutOffPeers(at: endpoint)
      #expect(try pull.lastEndpoint() == endpoint)
      // Cut off, and not taken on again.
      #expect(try receives(&pull, until: { peers.handler.denialCount > 0 }) == [])
      #expect(try nextEvent(&revokedMonitor) { $0 == .disconnected } != nil)
      #expect(peers.handler.recentDenials.last?.key == peers.client.publicKey)
      _ = try revoked.send(frame("too late"))
      let box = Box(stays)
      var texts: [String] = []
      let deadline = ContinuousClock.now + patience
      while texts.isEmpty, ContinuousClock.now < deadline {
        _ = try box.push.send(frame("still here"))
        if let message = try nextFrom(&pull, within: .milliseconds(20)) {
          texts.append(message.text)
          #expect(message.key == loyal.publicKey)
        }
      }
      #expect(texts == ["still here"])
      #expect(!peers.handler.isAllowed(peers.client.publicKey))
    }
  }

  /// What is received until a condition holds, which it must in time.
  private func receives(
    _ pull: inout PullSocket, until holds: () -> Bool
  ) throws -> [String] {
    var texts: [String] = []
    let deadline = ContinuousClock.now + patience
    while !holds(), ContinuousClock.now < deadline {
      if let message = try nextFrom(&pull, within: .milliseconds(10)) { texts.append(message.text) }
    }
    #expect(holds())
    return texts
  }

  @Test("what had arrived from a revoked pusher is handed out with its key, to be dropped")
  func arrivedBefore() throws {
    try withPeers { peers in
      var pull = try PullSocket(peers.serverContext, options: peers.serverOptions)
      try pull.bind(to: .tcp(host: "127.0.0.1", port: 0))
      var push = try PushSocket(peers.clientContext, options: peers.clientOptions)
      var monitor = try SocketMonitor(push)
      try push.connect(to: try pull.lastEndpoint())
      for text in ["one", "two"] { #expect(try push.send(frame(text)) == .sent) }
      #expect(try nextFrom(&pull)?.text == "one")
      try #require(try waitReadable(pull))
      peers.handler.replaceAllowed(with: [])
      try pull.cutOffPeers(at: try pull.lastEndpoint())
      let late = try nextFrom(&pull)
      #expect(late?.text == "two")
      #expect(late?.key.map(peers.handler.isAllowed) == false)
      #expect(try receives(&pull, until: { peers.handler.denialCount > 0 }) == [])
      #expect(try nextEvent(&monitor) { $0 == .disconnected } != nil)
    }
  }

  @Test("a revoked subscriber hears nothing more, and one that stays does")
  func revokedSubscriber() throws {
    try withPeers { peers in
      let loyal = try CurveKeyPair.generate()
      peers.handler.replaceAllowed(with: [peers.client.publicKey, loyal.publicKey])
      var roster = try PublishSocket(peers.serverContext, options: peers.serverOptions)
      try roster.bind(to: .tcp(host: "127.0.0.1", port: 0))
      let endpoint = try roster.lastEndpoint()
      var revoked = try SubscribeSocket(peers.clientContext, options: peers.clientOptions)
      var stays = try SubscribeSocket(
        peers.clientContext, options: peers.options(loyal, server: peers.server.publicKey))
      try revoked.subscribe()
      try revoked.connect(to: endpoint)
      try stays.subscribe()
      try stays.connect(to: endpoint)
      #expect(try firstPublished("1", from: &roster, to: &revoked) != nil)
      #expect(try firstPublished("1", from: &roster, to: &stays) != nil)

      peers.handler.replaceAllowed(with: [loyal.publicKey])
      try roster.cutOffPeers(at: endpoint)
      var heard = ""
      let deadline = ContinuousClock.now + patience
      while heard != "2", ContinuousClock.now < deadline {
        _ = try roster.send(frame("2"))
        heard = try nextFrom(&stays, within: .milliseconds(20))?.text ?? heard
      }
      #expect(heard == "2")
      // It may take longer to come back, and be refused, than the other one to hear something.
      while peers.handler.recentDenials.isEmpty, ContinuousClock.now < deadline {
        if let message = try nextFrom(&revoked, within: .milliseconds(20)) {
          #expect(message.text == "1")
        }
      }
      while let message = try nextFrom(&revoked, within: .zero) { #expect(message.text == "1") }
      #expect(peers.handler.recentDenials.last?.key == peers.client.publicKey)
    }
  }

  @Test("a revoked asker gets no answer, and another one does")
  func revokedAsker() throws {
    try withPeers { peers in
      var commands = try ReplySocket(peers.serverContext, options: peers.serverOptions)
      try commands.bind(to: .tcp(host: "*", port: 0))
      guard case .tcp(_, let port) = try commands.lastEndpoint() else { return }
      let endpoint = Endpoint.tcp(host: "127.0.0.1", port: port)
      var ask = try RequestSocket(peers.clientContext, options: peers.clientOptions)
      try ask.connect(to: endpoint)
      #expect(try ask.send(frame("?")) == .sent)
      #expect(try nextFrom(&commands)?.text == "?")
      let loyal = try CurveKeyPair.generate()
      peers.handler.replaceAllowed(with: [loyal.publicKey])
      try commands.cutOffPeers(at: try commands.lastEndpoint())
      // To somebody who is gone.
      #expect(try commands.send(frame("!")) == .sent)
      var other = try RequestSocket(
        peers.clientContext, options: peers.options(loyal, server: peers.server.publicKey))
      try other.connect(to: endpoint)
      #expect(try other.send(frame("me?")) == .sent)
      let question = try nextFrom(&commands)
      #expect(question?.text == "me?")
      #expect(question?.key == loyal.publicKey)
      #expect(try commands.send(frame("you")) == .sent)
      #expect(try nextFrom(&other)?.text == "you")
      #expect(try nextFrom(&ask, within: .zero) == nil)
    }
  }

  @Test("cutting off works without encryption, by ipc too, and where nobody is connected")
  func plain() throws {
    try withContext { context, directory in
      var options = SocketOptions()
      options.reconnectInterval = .milliseconds(10)
      for endpoint in [Endpoint.tcp(host: "127.0.0.1", port: 0), try directory.endpoint("lane")] {
        var pull = try PullSocket(context, options: options)
        try pull.bind(to: endpoint)
        let bound = try pull.lastEndpoint()
        try pull.cutOffPeers(at: bound)
        var push = try PushSocket(context, options: options)
        try push.connect(to: bound)
        #expect(try push.send(frame("before")) == .sent)
        #expect(try nextFrom(&pull)?.text == "before")
        try pull.cutOffPeers(at: bound)
        let deadline = ContinuousClock.now + patience
        var heard: String?
        while heard == nil, ContinuousClock.now < deadline {
          _ = try push.send(frame("after"))
          heard = try nextFrom(&pull, within: .milliseconds(20))?.text
        }
        #expect(heard == "after")
        let error = zeroMQError { try pull.cutOffPeers(at: .tcp(host: "127.0.0.1", port: 1)) }
        #expect(error?.code == .notFound)
      }
    }
  }
}
