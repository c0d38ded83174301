import Access
import PipelineCore
import Testing
import ZeroMQ

@testable import Runtime

@Suite struct ReceiverTests {
  private func connections(
    _ context: Context, _ network: Transport.Network, supervisor: String = "127.0.0.1"
  ) throws -> Connections {
    try Connections(
      context, .network(network), supervisor: SupervisorAddress(network: supervisor))
  }

  @Test func aPortOfTheSystemsChoiceIsAdvertised() throws {
    try withContext { context, _ in
      let connections = try connections(context, .init(credentials: .none))
      let receiver = try Receiver(connections, .results, options: RuntimeLimits.dataSocket)
      // Towards a supervisor on this host there is only this host's own address.
      #expect(receiver.endpoint.hasPrefix("tcp://127.0.0.1:"))
      var sender = try PushSocket(context)
      try sender.connect(to: Endpoint(receiver.endpoint))
    }
  }

  @Test func theHostThatIsToBeAdvertisedIs() throws {
    try withContext { context, _ in
      let connections = try connections(
        context,
        .init(
          credentials: .none, bindHost: "*", advertisedHost: "worker.example",
          allowsInsecure: true))
      let receiver = try Receiver(connections, .results, options: RuntimeLimits.dataSocket)
      #expect(receiver.endpoint.hasPrefix("tcp://worker.example:"))
    }
  }

  @Test func withoutKeysNothingIsBoundBeyondThisHost() throws {
    try withContext { context, _ in
      let connections = try connections(
        context, .init(credentials: .none, bindHost: "*", advertisedHost: "worker.example"))
      let error = #expect(throws: ZeroMQError.self) {
        _ = try Receiver(connections, .results, options: RuntimeLimits.dataSocket)
      }
      #expect(error?.code == .insecureAddress)
    }
  }

  /// The socket of the run before may not be closed yet.
  @Test func aFixedPortIsBoundByOneAfterTheOther() throws {
    try withContext { context, _ in
      let free = try connections(context, .init(credentials: .none))
      var port: UInt16 = 0
      do {
        let receiver = try Receiver(free, .results, options: RuntimeLimits.dataSocket)
        guard case .tcp(_, let chosen) = try Endpoint(receiver.endpoint) else { return }
        port = chosen
      }
      let fixed = try connections(context, .init(credentials: .none, port: port))
      for _ in 0..<20 {
        let receiver = try Receiver(fixed, .results, options: RuntimeLimits.dataSocket)
        #expect(receiver.endpoint == "tcp://127.0.0.1:\(port)")
      }
    }
  }

  @Test func connectionsThatDoNotSayWhoTheyAreAreCounted() throws {
    try withContext { context, _ in
      let pair = try CurveKeyPair.generate()
      let connections = try connections(
        context, .init(credentials: .curve(pair, supervisor: CurveKeyPair.generate().publicKey)))
      var receiver = try Receiver(connections, .results, options: RuntimeLimits.dataSocket)
      var poller = Poller()
      try receiver.watch(in: &poller)
      var plain = try PushSocket(context)
      try plain.connect(to: Endpoint(receiver.endpoint))
      var stranger = try PushSocket(
        context,
        options: {
          var options = SocketOptions.network
          options.security = .client(
            keys: try CurveKeyPair.generate(), server: pair.publicKey)
          return options
        }())
      try stranger.connect(to: Endpoint(receiver.endpoint))
      _ = try plain.send(Message(copying: bytes("a secret?")))
      _ = try stranger.send(Message(copying: bytes("a secret?")))
      let deadline = ContinuousClock.now + patience
      while connections.refusals.failedHandshakes == 0 || connections.refusals.denied == 0,
        ContinuousClock.now < deadline
      {
        _ = try poller.poll(timeout: .milliseconds(10))
        try receiver.countRefusals(connections)
      }
      #expect(connections.refusals.failedHandshakes > 0)
      #expect(connections.refusals.denied > 0)
      #expect(try receiver.socket.receivePair(connections) == nil)
      receiver.leave(&poller)
    }
  }
}
