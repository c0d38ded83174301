import Testing
import ZeroMQ

@testable import Runtime

@Suite struct SupervisorAddressTests {
  @Test(arguments: [
    ("10.0.0.7", "10.0.0.7", 5700), ("supervisor:6000", "supervisor", 6000), ("*:1", "*", 1),
    ("[fd00::7]:6000", "[fd00::7]", 6000), ("[fd00::7]", "[fd00::7]", 5700),
    ("fd00::7", "[fd00::7]", 5700), ("localhost:65532", "localhost", 65532),
  ])
  func aHostAndItsFourPorts(text: String, host: String, port: UInt16) throws {
    let address = try SupervisorAddress(network: text)
    #expect(address.beats == .tcp(host: host, port: port))
    #expect(address.roster == .tcp(host: host, port: port + 1))
    #expect(address.commands == .tcp(host: host, port: port + 2))
    #expect(address.receipts == .tcp(host: host, port: port + 3))
  }

  @Test(arguments: [
    "", ":5700", "host:", "host:zero", "host:0", "host:65533", "host:70000", "a host:5700",
    "tcp://host:5700",
  ])
  func whatIsNoAddressIsRefusedWithARemedy(text: String) {
    let error = runtimeError { _ = try SupervisorAddress(network: text) }
    #expect(error?.message.contains(text) == true)
    #expect(["HOST:PORT", "65532"].contains { error?.message.contains($0) == true })
  }

  @Test func loopbackNeedsNoKeys() throws {
    #expect(try SupervisorAddress(network: "127.0.0.1").isLocal)
    #expect(try SupervisorAddress(network: "localhost:6000").isLocal)
    #expect(try !SupervisorAddress(network: "10.0.0.7").isLocal)
    #expect(try !SupervisorAddress(network: "*").isLocal)
  }
}
