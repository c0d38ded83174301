import Dispatch
import Synchronization
import Testing
import ZeroMQ

@testable import Runtime

@Suite("This host's address is found out anew, without waiting long for a resolver that hangs")
struct OwnHostLookupTests {
  /// A resolver that can be made to hang.
  private final class Resolver: Sendable {
    let addresses = Mutex(["10.0.0.1", "10.0.0.2", "10.0.0.3"])
    let gate = DispatchSemaphore(value: 0)
    let hangs = Mutex(false)

    func next() throws(ZeroMQError) -> String {
      if hangs.withLock({ $0 }) { gate.wait() }
      let address = addresses.withLock { $0.isEmpty ? nil : $0.removeFirst() }
      if let address { return address }
      return try HostAddress.towards(.tcp(host: "*", port: 1)).endpointHost
    }
  }

  private let endpoint = Endpoint.tcp(host: "supervisor", port: 5700)

  @Test func eachTimeAnew() throws {
    let resolver = Resolver()
    let lookup = OwnHostLookup { (_) throws(ZeroMQError) in try resolver.next() }
    #expect(try lookup.find(towards: endpoint) == "10.0.0.1")
    #expect(try lookup.find(towards: endpoint) == "10.0.0.2")
    #expect(try lookup.find(towards: endpoint) == "10.0.0.3")
    #expect(throws: ZeroMQError.self) { try lookup.find(towards: endpoint) }
    #expect(lookup.last == "10.0.0.3", "what was right before is kept")
  }

  @Test func aResolverThatHangsIsNotWaitedFor() throws {
    let resolver = Resolver()
    let lookup = OwnHostLookup { (_) throws(ZeroMQError) in try resolver.next() }
    _ = try lookup.find(towards: endpoint)
    resolver.hangs.withLock { $0 = true }
    let start = ContinuousClock.now
    // The second one asks nothing new: the first is under way still.
    for _ in 0..<2 { #expect(try lookup.find(towards: endpoint) == "10.0.0.1") }
    #expect(ContinuousClock.now - start < .seconds(10))
    resolver.hangs.withLock { $0 = false }
    resolver.gate.signal()
    while lookup.last == "10.0.0.1" {}
    #expect(lookup.last == "10.0.0.2", "its answer counts when it comes")
    #expect(try lookup.find(towards: endpoint) == "10.0.0.3")
  }
}
