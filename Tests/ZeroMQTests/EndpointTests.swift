import Testing
import ZeroMQ

@Suite("Endpoints are read, written and checked")
struct EndpointTests {
  @Test(
    "an endpoint is read back as it was written",
    arguments: [
      "inproc://orders", "ipc:///tmp/a b", "ipc:///tmp/m/lane-1", "tcp://127.0.0.1:5555",
      "tcp://*:5555",
      "tcp://host.example:1", "tcp://[::1]:65535", "tcp://10.0.0.7:*",
    ])
  func roundTrip(text: String) throws {
    #expect(try Endpoint(text).description == text)
  }

  @Test(
    "what is no endpoint is refused with a reason",
    arguments: [
      "", "tcp", "tcp://", "tcp://host", "tcp://host:", "tcp://host:x", "tcp://host:65536",
      "tcp://host:-1", "tcp://host:+1", "tcp://:5555", "tcp://::1:5555", "tcp://a;b:1",
      "udp://host:1", "ipc://", "ipc://relative", "ipc://*", "ipc://@abstract", "ipc:///tmp/",
      "tcp://a b:1", "ipc:///tmp/a\u{0}b", "inproc://", "inproc://a\nb",
    ])
  func refused(text: String) {
    let error = zeroMQError { _ = try Endpoint(text) }
    #expect(error?.code == .invalidEndpoint)
    #expect(error?.description.contains("tcp://host:port") == true)
    #expect(error?.description.contains("\n") == false)
  }

  @Test("a path at the limit is taken and one beyond it refused in words")
  func pathLength() throws {
    let limit = Endpoint.maximumPathLength
    #if os(Linux)
    #expect(limit == 107)
    #endif
    let longest = "/" + String(repeating: "x", count: limit - 1)
    #expect(try Endpoint("ipc://\(longest)") == .ipc(path: longest))
    let error = zeroMQError { _ = try Endpoint("ipc://\(longest)x") }
    #expect(error?.code == .pathTooLong)
    #expect(error?.description.contains("\(limit + 1) bytes") == true)
    #expect(error?.remedy.contains("shorter") == true)
  }

  @Test("a path built by hand is checked by bind and connect as well")
  func handBuiltPath() throws {
    try withContext { context, directory in
      let long = Endpoint.ipc(path: "\(directory.path)/\(String(repeating: "x", count: 200))")
      var pull = try PullSocket(context)
      #expect(zeroMQError { try pull.bind(to: long) }?.code == .pathTooLong)
      #expect(zeroMQError { try pull.connect(to: long) }?.code == .pathTooLong)
    }
  }

  @Test("addresses of this host are told from others")
  func localAddresses() throws {
    for text in [
      "inproc://a", "ipc:///tmp/a", "tcp://127.0.0.1:1", "tcp://127.9.9.9:1", "tcp://localhost:1",
      "tcp://[::1]:1",
    ] { #expect(try Endpoint(text).isLocal, "\(text)") }
    for text in [
      "tcp://*:1", "tcp://0.0.0.0:1", "tcp://10.0.0.7:1", "tcp://127.example.com:1",
      "tcp://127.0.0.1.example.com:1", "tcp://[::]:1", "tcp://eth0:1",
    ] { #expect(try !Endpoint(text).isLocal, "\(text)") }
  }

  @Test("without keys nothing listens beyond this host and nothing connects there")
  func closedWithoutKeys() throws {
    try withContext { context, _ in
      var pull = try PullSocket(context)
      var push = try PushSocket(context)
      let bound = zeroMQError { try pull.bind(to: .tcp(host: "*", port: 0)) }
      #expect(bound?.code == .insecureAddress)
      #expect(bound?.remedy.contains("keys") == true)
      let connected = zeroMQError { try push.connect(to: .tcp(host: "192.0.2.1", port: 5_555)) }
      #expect(connected?.code == .insecureAddress)
      let anywhere = zeroMQError { try push.connect(to: .tcp(host: "127.0.0.1", port: 0)) }
      #expect(anywhere?.code == .invalidEndpoint)
    }
  }

  @Test("the port that the system chose is told; a port in use is an error with its address")
  func ports() throws {
    try withContext { context, _ in
      var pull = try PullSocket(context)
      try pull.bind(to: .tcp(host: "127.0.0.1", port: 0))
      let endpoint = try pull.lastEndpoint()
      guard case .tcp("127.0.0.1", let port) = endpoint else {
        Issue.record("\(endpoint)")
        return
      }
      #expect(port > 0)
      var second = try PullSocket(context)
      let error = zeroMQError { try second.bind(to: endpoint) }
      #expect(error?.code == .addressInUse)
      #expect(error?.call == "zmq_bind")
      #expect(error?.endpoint == endpoint.description)
      try pull.unbind(from: endpoint)
      #expect(zeroMQError { try pull.unbind(from: endpoint) }?.code == .notFound)
      var push = try PushSocket(context)
      #expect(zeroMQError { try push.disconnect(from: endpoint) }?.code == .notFound)
    }
  }
}
