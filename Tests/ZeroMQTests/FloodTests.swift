#if os(Linux)
import Glibc
import Testing
import ZeroMQ

/// Each in a process of its own, whose descriptors are counted.
@Suite("Floods of connections leave nothing behind", .serialized, .timeLimit(.minutes(2)))
struct FloodTests {
  @Test("connections that say nothing are closed after the handshake interval; others are served")
  func silent() async {
    await #expect(processExitsWith: .success) {
      try warmUp()
      let before = openDescriptors()
      try withPeers { peers in
        var pull = try PullSocket(peers.serverContext, options: peers.serverOptions)
        try pull.bind(to: .tcp(host: "127.0.0.1", port: 0))
        guard case .tcp(_, let port) = try pull.lastEndpoint() else { return }
        let idle = try idleDescriptors(peers, &pull)
        let start = ContinuousClock.now
        let flood = (0..<200).map { _ in connectRaw(port: port) }
        try checkServed(peers, &pull)
        for descriptor in flood { #expect(readsToEnd(descriptor)) }
        #expect(ContinuousClock.now - start >= .seconds(1))
        for descriptor in flood { close(descriptor) }
        #expect(descriptorsReturn(to: idle))
      }
      #expect(descriptorsReturn(to: before))
    }
  }

  @Test("connections that send random bytes are closed; others are served")
  func garbage() async {
    await #expect(processExitsWith: .success) {
      try warmUp()
      let before = openDescriptors()
      try withPeers { peers in
        var pull = try PullSocket(peers.serverContext, options: peers.serverOptions)
        try pull.bind(to: .tcp(host: "127.0.0.1", port: 0))
        guard case .tcp(_, let port) = try pull.lastEndpoint() else { return }
        let idle = try idleDescriptors(peers, &pull)
        var random = SystemRandomNumberGenerator()
        // The greeting of ZMTP 3.1 for CURVE, for some to get further.
        var greeting: [UInt8] = [0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 3, 1] + bytes("CURVE")
        greeting += [UInt8](repeating: 0, count: 64 - greeting.count)
        for round in 0..<200 {
          let descriptor = connectRaw(port: port)
          let noise = (0..<Int.random(in: 1...2_000, using: &random)).map { _ in
            UInt8.random(in: 0...255, using: &random)
          }
          let start =
            switch round % 4 {
            case 0: [UInt8]()
            case 1: Array(greeting.prefix(round % 64))
            case 2: greeting
            default: greeting + [4, 200, 5] + bytes("HELLO")
            }
          sendRaw(start + noise, to: descriptor)
          if round % 3 == 0 { shutdown(descriptor, CInt(SHUT_WR)) }
          if round % 5 == 0 {
            close(descriptor)
            continue
          }
          #expect(readsToEnd(descriptor), "round \(round)")
          close(descriptor)
        }
        try checkServed(peers, &pull)
        #expect(peers.handler.denialCount == 0)
        #expect(descriptorsReturn(to: idle))
      }
      #expect(descriptorsReturn(to: before))
    }
  }

  @Test("clients that are not on the list, that come and go, and cutting off leave nothing behind")
  func deniedAndCutOff() async {
    await #expect(processExitsWith: .success) {
      try warmUp()
      let before = openDescriptors()
      try withPeers { peers in
        var pull = try PullSocket(peers.serverContext, options: peers.serverOptions)
        try pull.bind(to: .tcp(host: "127.0.0.1", port: 0))
        let endpoint = try pull.lastEndpoint()
        let idle = try idleDescriptors(peers, &pull)
        for _ in 0..<5 {
          let stranger = try CurveKeyPair.generate()
          let denials = peers.handler.denialCount
          var push = try PushSocket(
            peers.clientContext, options: peers.options(stranger, server: peers.server.publicKey))
          try push.connect(to: endpoint)
          _ = try push.send(frame("no"))
          let deadline = ContinuousClock.now + patience
          while peers.handler.denialCount == denials, ContinuousClock.now < deadline {
            #expect(try nextFrom(&pull, within: .milliseconds(5)) == nil)
          }
          #expect(peers.handler.denialCount > denials)
          try pull.cutOffPeers(at: endpoint)
          try checkServed(peers, &pull)
        }
        #expect(descriptorsReturn(to: idle))
      }
      #expect(descriptorsReturn(to: before))
    }
  }

  @Test("where descriptors run out, connections are refused and served again when there are some")
  func descriptorsRunOut() async {
    await #expect(processExitsWith: .success) {
      try withPeers { peers in
        var pull = try PullSocket(peers.serverContext, options: peers.serverOptions)
        try pull.bind(to: .tcp(host: "127.0.0.1", port: 0))
        guard case .tcp(_, let port) = try pull.lastEndpoint() else { return }
        var limit = rlimit(rlim_cur: rlim_t(openDescriptors() + 60), rlim_max: 0)
        var old = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &old)
        limit.rlim_max = old.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        // Both ends count here: more of them than there is room for.
        var flood: [CInt] = []
        while let descriptor = tryConnectRaw(port: port), flood.count < 1_000 {
          flood.append(descriptor)
        }
        #expect((20..<1_000).contains(flood.count))
        for descriptor in flood { close(descriptor) }
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &old)
        try checkServed(peers, &pull)
      }
    }
  }
}

/// A client on the list gets a message through, on a new connection.
private func checkServed(_ peers: CurvePeers, _ pull: inout PullSocket) throws {
  var push = try PushSocket(peers.clientContext, options: peers.clientOptions)
  try push.connect(to: try pull.lastEndpoint())
  #expect(try push.send(frame("hello")) == .sent)
  #expect(try nextFrom(&pull)?.text == "hello")
}

/// The number of descriptors of a server whose client has come and gone.
private func idleDescriptors(_ peers: CurvePeers, _ pull: inout PullSocket) throws -> Int {
  var monitor = try SocketMonitor(pull)
  try checkServed(peers, &pull)
  #expect(try nextEvent(&monitor) { $0 == .disconnected } != nil)
  #expect(peers.clientContext.openSocketCount == 0)
  // Its side of the monitor goes with this one, in the background.
  let monitored = openDescriptors()
  _ = consume monitor
  _ = descriptorsReturn(to: monitored - 1)
  return openDescriptors()
}

/// Does once what opens descriptors that stay, such as those of libraries.
private func warmUp() throws {
  try withPeers { peers in
    var pull = try PullSocket(peers.serverContext, options: peers.serverOptions)
    try pull.bind(to: .tcp(host: "127.0.0.1", port: 0))
    try checkServed(peers, &pull)
  }
}

/// Waits until no more descriptors are open than before; false if they stay.
private func descriptorsReturn(to count: Int) -> Bool {
  let deadline = ContinuousClock.now + patience
  while ContinuousClock.now < deadline {
    if openDescriptors() <= count { return true }
    sched_yield()
  }
  return false
}
#endif
