import Testing
import ZeroMQ

@Suite("Encrypted sockets admit those on the list and nobody else")
struct CurveTests {
  private let server: CurveKeyPair
  private let client: CurveKeyPair

  init() throws {
    server = try CurveKeyPair.generate()
    client = try CurveKeyPair.generate()
  }

  private func bindServer(
    _ context: Context, _ handler: ZAPHandler
  ) throws -> (Endpoint, Server) {
    var options = SocketOptions()
    options.security = .server(key: server.secretKey, handler: handler)
    var pull = try PullSocket(context, options: options)
    try pull.bind(to: .tcp(host: "127.0.0.1", port: 0))
    return (try pull.lastEndpoint(), Server(pull))
  }

  /// Holds a socket, so that a helper can return it with its address.
  private final class Server {
    var socket: PullSocket

    init(_ socket: consuming PullSocket) { self.socket = socket }
  }

  private func clientOptions(_ keys: CurveKeyPair, server key: CurvePublicKey) -> SocketOptions {
    var options = SocketOptions()
    options.security = .client(keys: keys, server: key)
    options.linger = .zero
    return options
  }

  @Test("a client on the list is admitted")
  func admitted() throws {
    try withContext { context, _ in
      let handler = try ZAPHandler(context, allowing: [client.publicKey])
      let (endpoint, pull) = try bindServer(context, handler)
      var push = try PushSocket(
        context, options: clientOptions(client, server: server.publicKey))
      try push.connect(to: endpoint)
      #expect(try push.send(frame("header"), frame("payload")) == .sent)
      #expect(try nextMessage(&pull.socket) == [bytes("header"), bytes("payload")])
      #expect(handler.denialCount == 0)
    }
  }

  @Test("a client without encryption, or with the key of another server, is refused")
  func wrongClients() throws {
    try withContext { context, _ in
      let handler = try ZAPHandler(context, allowing: [client.publicKey])
      let (endpoint, pull) = try bindServer(context, handler)
      var monitor = try SocketMonitor(pull.socket)
      var plainOptions = SocketOptions()
      plainOptions.linger = .zero
      var plain = try PushSocket(context, options: plainOptions)
      try plain.connect(to: endpoint)
      _ = try plain.send(frame("plain"))
      let mismatch = try nextEvent(&monitor) { kind in
        if case .handshakeFailed = kind { true } else { false }
      }
      #expect(mismatch != nil)
      try plain.close(linger: .zero)

      var lost = try PushSocket(
        context, options: clientOptions(client, server: client.publicKey))
      try lost.connect(to: endpoint)
      _ = try lost.send(frame("wrong server"))
      let wrong = try nextEvent(&monitor) { $0 == .handshakeFailed(.wrongKey) }
      #expect(wrong != nil)
      #expect(try nextMessage(&pull.socket, within: .zero) == nil)
      #expect(handler.denialCount == 0)
    }
  }

  @Test("an encrypted server cannot be had without the handler of its own context")
  func handlerOfAnotherContext() throws {
    try withContext { context, _ in
      let other = try Context()
      do {
        let handler = try ZAPHandler(other, allowing: [client.publicKey])
        var options = SocketOptions()
        options.security = .server(key: server.secretKey, handler: handler)
        let error = zeroMQError { _ = try PullSocket(context, options: options) }
        #expect(error?.code == .invalidOption)
        #expect(error?.description.contains("any client would be admitted") == true)
        let second = zeroMQError { _ = try ZAPHandler(other, allowing: []) }
        #expect(second?.code == .addressInUse)
      }
      try other.terminate()
    }
  }

  @Test("the handler stays for as long as a server socket does")
  func handlerOutlivesItsName() throws {
    try withContext { context, _ in
      var handler: ZAPHandler? = try ZAPHandler(context, allowing: [])
      weak let observed = handler
      do {
        let (endpoint, pull) = try bindServer(context, try #require(handler))
        handler = nil
        #expect(observed != nil)
        var monitor = try SocketMonitor(pull.socket)
        var push = try PushSocket(
          context, options: clientOptions(client, server: server.publicKey))
        try push.connect(to: endpoint)
        #expect(
          try nextEvent(&monitor) { $0 == .handshakeFailed(.denied(status: 300)) } != nil)
        #expect(try nextMessage(&pull.socket, within: .zero) == nil)
      }
      #expect(observed == nil)
    }
  }

  @Test("encrypted sockets may listen beyond this host")
  func allInterfaces() throws {
    try withContext { context, _ in
      let handler = try ZAPHandler(context, allowing: [client.publicKey])
      var options = SocketOptions()
      options.security = .server(key: server.secretKey, handler: handler)
      var pull = try PullSocket(context, options: options)
      try pull.bind(to: .tcp(host: "*", port: 0))
    }
  }

  @Test("a context with a handler ends although nobody let go of it")
  func shutdownWithHandler() throws {
    let context = try Context()
    let handler = try ZAPHandler(context, allowing: [])
    try context.terminate()
    #expect(handler.denialCount == 0)
  }
}
