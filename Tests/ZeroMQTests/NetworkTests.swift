import Testing
import ZeroMQ

@Suite("Sockets between hosts", .timeLimit(.minutes(2)))
struct NetworkTests {
  private var insecure: SocketOptions {
    var options = SocketOptions.network
    options.security = .insecure
    options.linger = .zero
    return options
  }

  @Test("the options for networks are within their ranges and count")
  func preset() throws {
    try SocketOptions.network.check()
    #expect(
      SocketOptions.network.keepAlive
        == TCPKeepAlive(idle: .seconds(2), interval: .seconds(1), count: 5))
    #expect(SocketOptions.network.tcpMaximumRetransmit == .seconds(5))
    try withContext { context, _ in
      _ = try PullSocket(context, options: .network)
      var options = SocketOptions()
      options.tcpMaximumRetransmit = .zero
      let error = zeroMQError { _ = try PullSocket(context, options: options) }
      #expect(error?.code == .invalidOption)
      #expect(error?.endpoint == "tcpMaximumRetransmit")
      for thread in [-1, 1] {
        var options = SocketOptions()
        options.ioThread = thread
        #expect(
          zeroMQError { _ = try PullSocket(context, options: options) }?.endpoint == "ioThread")
      }
    }
  }

  @Test(
    "a port on all addresses is reached by IPv4, by IPv6 and by name",
    arguments: ["127.0.0.1", "[::1]", "localhost"])
  func allAddresses(host: String) throws {
    try withContext { context, _ in
      var pull = try PullSocket(context, options: insecure)
      try pull.bind(to: .tcp(host: "*", port: 0))
      guard case .tcp("[::]", let port) = try pull.lastEndpoint() else {
        Issue.record("\(try pull.lastEndpoint())")
        return
      }
      var push = try PushSocket(context, options: insecure)
      try push.connect(to: .tcp(host: host, port: port))
      #expect(try push.send(frame("hello")) == .sent)
      let message = try nextFrom(&pull)
      #expect(message?.text == "hello")
      #expect(message?.address == (host == "[::1]" ? "::1" : "127.0.0.1"))
      #expect(message?.key == nil)
    }
  }

  @Test(
    "an address is told as it was given, also where IPv6 is allowed",
    arguments: ["127.0.0.1", "[::1]", "localhost", "0.0.0.0"])
  func toldAsGiven(host: String) throws {
    try withContext { context, _ in
      var pull = try PullSocket(context, options: insecure)
      try pull.bind(to: .tcp(host: host, port: 0))
      let endpoint = try pull.lastEndpoint()
      guard case .tcp(let told, let port) = endpoint else { return }
      #expect(told == (host == "localhost" ? "127.0.0.1" : host))
      #expect(port > 0)
      try pull.cutOffPeers(at: endpoint)
      #expect(try pull.lastEndpoint() == endpoint)
    }
  }

  @Test("who listens at localhost is found at localhost and at 127.0.0.1")
  func localhost() throws {
    try withContext { context, _ in
      for (bound, connected) in [("localhost", "127.0.0.1"), ("127.0.0.1", "localhost")] {
        var pull = try PullSocket(context, options: .network)
        try pull.bind(to: .tcp(host: bound, port: 0))
        guard case .tcp(_, let port) = try pull.lastEndpoint() else { return }
        var push = try PushSocket(context, options: .network)
        try push.connect(to: .tcp(host: connected, port: port))
        #expect(try push.send(frame("hello")) == .sent)
        #expect(try nextFrom(&pull)?.text == "hello")
        try push.disconnect(from: .tcp(host: connected, port: port))
      }
    }
  }

  @Test("a frame that did not come over TCP tells no address and no key")
  func withoutNetwork() throws {
    let own = frame("own")
    #expect(own.peerAddress() == nil)
    #expect(own.userID() == nil)
    #expect(Multipart(maximumFrames: 1).peerAddress() == nil)
    #expect(Multipart(maximumFrames: 1).userID() == nil)
    try withContext { context, directory in
      for endpoint in [Endpoint.inproc(name: "lane"), try directory.endpoint("lane")] {
        var pull = try PullSocket(context)
        try pull.bind(to: endpoint)
        var push = try PushSocket(context)
        try push.connect(to: endpoint)
        #expect(try push.send(frame("hello")) == .sent)
        let message = try nextFrom(&pull)
        #expect(message?.text == "hello")
        #expect(message?.address == nil)
        #expect(message?.key == nil)
      }
    }
  }

  @Test("a name that nobody knows is tried again and again, and holds up no other I/O thread")
  func unknownName() throws {
    try withContext(ioThreads: 2) { context, _ in
      var byName = insecure
      byName.ioThread = 1
      var insecure = insecure
      insecure.ioThread = 0
      var push = try PushSocket(context, options: byName)
      try push.connect(to: .tcp(host: "nobody.invalid", port: 5_700))
      #expect(try push.send(frame("waits")) == .sent)
      var pull = try PullSocket(context, options: insecure)
      try pull.bind(to: .tcp(host: "127.0.0.1", port: 0))
      var other = try PushSocket(context, options: insecure)
      try other.connect(to: try pull.lastEndpoint())
      #expect(try other.send(frame("served")) == .sent)
      #expect(try nextFrom(&pull)?.text == "served")
      try push.disconnect(from: .tcp(host: "nobody.invalid", port: 5_700))
    }
  }

  @Test("the limit of open files is raised, never lowered, never beyond what the system allows")
  func openFileLimit() async {
    await #expect(processExitsWith: .success) {
      let now = try OpenFileLimit.raise(to: 0)
      #expect(now > 0)
      #expect(try OpenFileLimit.raise() >= now)
      #expect(try OpenFileLimit.raise(to: .max) >= now)
      #expect(try OpenFileLimit.raise(to: -1) >= now)
    }
  }
}
