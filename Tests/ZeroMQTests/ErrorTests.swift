import Testing
import ZeroMQ

@Suite("Errors name the call, the place, the reason and the remedy in one line")
struct ErrorTests {
  @Test("a port in use")
  func portInUse() throws {
    try withContext { context, _ in
      var first = try PullSocket(context)
      try first.bind(to: .tcp(host: "127.0.0.1", port: 0))
      let endpoint = try first.lastEndpoint()
      var second = try PullSocket(context)
      let error = try #require(zeroMQError { try second.bind(to: endpoint) })
      #expect(
        error.description
          == "zmq_bind \(endpoint): Address already in use; "
          + "stop the process that uses this address, or choose another address")
    }
  }

  @Test("an interface that this host does not have")
  func noInterface() throws {
    try withContext { context, _ in
      let handler = try ZAPHandler(context, allowing: [])
      var options = SocketOptions()
      options.security = .server(key: try CurveKeyPair.generate().secretKey, handler: handler)
      var pull = try PullSocket(context, options: options)
      let error = zeroMQError { try pull.bind(to: .tcp(host: "192.0.2.1", port: 5_555)) }
      #expect(error?.code == .addressNotAvailable)
      #expect(error?.remedy.contains("interface") == true)
    }
  }

  @Test("a context that is shut down")
  func shutDown() throws {
    try withContext { context, _ in
      var push = try PushSocket(context)
      context.shutdown()
      let error = zeroMQError { _ = try push.send(frame("late")) }
      #expect(error?.code == .contextTerminated)
      #expect(error?.call == "zmq_msg_send")
      #expect(error?.endpoint == "PUSH")
    }
  }
}
