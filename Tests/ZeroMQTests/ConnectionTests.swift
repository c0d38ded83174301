import Testing
import ZeroMQ

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@Suite("Connections are made again, watched, and dropped when silent")
struct ConnectionTests {
  private var quick: SocketOptions {
    var options = SocketOptions()
    options.reconnectInterval = .milliseconds(10)
    options.maximumReconnectInterval = .milliseconds(50)
    return options
  }

  @Test("a peer that comes back is connected to again", arguments: ["ipc", "tcp"])
  func reconnect(transport: String) throws {
    try withContext { context, directory in
      var push = try PushSocket(context, options: quick)
      var monitor = try SocketMonitor(push)
      var endpoint =
        transport == "ipc"
        ? try directory.endpoint("lane") : Endpoint.tcp(host: "127.0.0.1", port: 0)
      for round in 0..<3 {
        // A context of its own, as a peer process has.
        let peer = try Context()
        do {
          var pull = try PullSocket(peer)
          try pull.bind(to: endpoint)
          if round == 0 {
            endpoint = try pull.lastEndpoint()
            try push.connect(to: endpoint)
          }
          #expect(try nextEvent(&monitor) { $0 == .handshakeSucceeded } != nil)
          #expect(try push.send(frame("round \(round)")) == .sent)
          #expect(try nextMessage(&pull) == [bytes("round \(round)")])
        }
        try peer.terminate()
        #expect(try nextEvent(&monitor) { $0 == .disconnected } != nil)
      }
    }
  }

  @Test("a monitor tells both sides of a connection")
  func monitor() throws {
    try withContext { context, directory in
      let endpoint = try directory.endpoint("lane")
      var pull = try PullSocket(context)
      var listener = try SocketMonitor(pull)
      try pull.bind(to: endpoint)
      #expect(
        try nextEvent(&listener) { $0 == .listening }?.endpoint == endpoint.description)
      do {
        var push = try PushSocket(context)
        var connector = try SocketMonitor(push)
        try push.connect(to: endpoint)
        #expect(try nextEvent(&connector) { $0 == .connected } != nil)
        #expect(try nextEvent(&connector) { $0 == .handshakeSucceeded } != nil)
      }
      #expect(try nextEvent(&listener) { $0 == .accepted } != nil)
      #expect(try nextEvent(&listener) { $0 == .handshakeSucceeded } != nil)
      #expect(try nextEvent(&listener) { $0 == .disconnected } != nil)
    }
  }

  @Test("a monitor may end before its socket, which then works on")
  func monitorEndsFirst() throws {
    try withContext { context, directory in
      var pull = try PullSocket(context)
      do {
        var monitor = try SocketMonitor(pull)
        #expect(try monitor.receive() == nil)
      }
      var second = try SocketMonitor(pull)
      try pull.bind(to: try directory.endpoint("lane"))
      #expect(try nextEvent(&second) { $0 == .listening } != nil)
      var push = try PushSocket(context)
      try push.connect(to: try directory.endpoint("lane"))
      #expect(try push.send(frame("hello")) == .sent)
      #expect(try nextMessage(&pull) == [bytes("hello")])
    }
  }

  @Test("a TCP peer that says nothing is dropped after the handshake interval")
  func silentPeer() throws {
    try withContext { context, _ in
      var options = SocketOptions()
      options.handshakeInterval = .milliseconds(100)
      var pull = try PullSocket(context, options: options)
      var monitor = try SocketMonitor(pull)
      try pull.bind(to: .tcp(host: "127.0.0.1", port: 0))
      guard case .tcp(_, let port) = try pull.lastEndpoint() else {
        Issue.record("no port")
        return
      }
      let start = ContinuousClock.now
      let descriptor = connectRaw(port: port)
      defer { close(descriptor) }
      // What libzmq says first, then the end of the connection.
      var buffer = [UInt8](repeating: 0, count: 256)
      var count = read(descriptor, &buffer, buffer.count)
      while count > 0 { count = read(descriptor, &buffer, buffer.count) }
      #expect(count == 0, "the connection is still open")
      #expect(ContinuousClock.now - start < .seconds(5))
      #expect(
        try nextEvent(&monitor) { kind in
          if case .handshakeFailed = kind { true } else { kind == .disconnected }
        } != nil)
    }
  }

  @Test("a TCP peer that speaks something else is dropped, and others are served")
  func foreignPeer() throws {
    try withContext { context, _ in
      var pull = try PullSocket(context)
      try pull.bind(to: .tcp(host: "127.0.0.1", port: 0))
      let endpoint = try pull.lastEndpoint()
      guard case .tcp(_, let port) = endpoint else {
        Issue.record("no port")
        return
      }
      let descriptor = connectRaw(port: port)
      defer { close(descriptor) }
      let request = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
      #expect(write(descriptor, request, request.utf8.count) == request.utf8.count)
      var push = try PushSocket(context)
      try push.connect(to: endpoint)
      #expect(try push.send(frame("hello")) == .sent)
      #expect(try nextMessage(&pull) == [bytes("hello")])
    }
  }
}
