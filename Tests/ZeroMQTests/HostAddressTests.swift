import Testing
import ZeroMQ

@Suite("A host learns by which of its addresses others reach it")
struct HostAddressTests {
  @Test(
    "this host is reached by its loopback addresses",
    arguments: [("127.0.0.1", "127.0.0.1"), ("[::1]", "::1"), ("localhost", "127.0.0.1")])
  func loopback(host: String, expected: String) throws {
    let address = try HostAddress.towards(.tcp(host: host, port: 5_700))
    #expect(address.text == expected)
    #expect(address.description == expected)
    #expect(address.endpointHost == (expected == "::1" ? "[::1]" : expected))
    try Endpoint.tcp(host: address.endpointHost, port: 1).check()
  }

  @Test("a name that is not known is an error with its name, told apart from others")
  func unknown() {
    let error = zeroMQError { _ = try HostAddress.towards(.tcp(host: "nobody.invalid", port: 1)) }
    #expect(error?.code == .nameNotResolved)
    #expect(error?.description.contains("nobody.invalid") == true)
    #expect(error?.remedy.isEmpty == false)
  }

  @Test("what is no host has no route", arguments: ["tcp://*:1", "ipc:///tmp/a", "inproc://a"])
  func noHost(text: String) throws {
    let endpoint = try Endpoint(text)
    #expect(zeroMQError { _ = try HostAddress.towards(endpoint) }?.code == .invalidEndpoint)
  }

  @Test("it is asked again until it succeeds or is given up")
  func again() throws {
    var failures = 0
    let error = zeroMQError {
      _ = try HostAddress.towards(.tcp(host: "nobody.invalid", port: 1), every: .milliseconds(1)) {
        #expect($0.code == .nameNotResolved)
        failures += 1
        return failures < 3
      }
    }
    #expect(error?.code == .nameNotResolved)
    #expect(failures == 3)
    let address = try HostAddress.towards(.tcp(host: "127.0.0.1", port: 1), every: .seconds(1)) {
      _ in
      Issue.record("it did not fail")
      return false
    }
    #expect(address.text == "127.0.0.1")
  }
}
