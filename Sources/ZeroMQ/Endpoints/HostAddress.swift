#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A numeric address of this host, IPv4 or IPv6: what it can be reached by.
package struct HostAddress: Hashable, Sendable {
  /// The number, without brackets: `10.0.0.7` or `fd00::7`.
  package let text: String

  /// Takes an address of either family; one of IPv6 that stands for IPv4 becomes IPv4.
  init(_ address: SocketAddress) throws(ZeroMQError) {
    text = Endpoint.withoutMapping(address: try address.numericHost())
  }

  /// The host of an endpoint: in brackets where it is IPv6.
  package var endpointHost: String { text.contains(":") ? "[\(text)]" : text }

  /// The address by which this host goes to `endpoint`, and is reached from there; asks the system's
  /// routes and sends nothing. Waits for the resolver where the host is a name.
  ///
  /// - Parameter endpoint: of TCP, with a host that can be connected to.
  /// - Throws: ``ZeroMQError``: ``ZeroMQError/Code/nameNotResolved`` if the name is not known (yet);
  ///   other codes if no route leads there, or only one by a link-local address, which means
  ///   nothing to other hosts.
  package static func towards(_ endpoint: Endpoint) throws(ZeroMQError) -> HostAddress {
    guard case .tcp(let host, _) = endpoint.forLibrary, host != "*" else {
      throw ZeroMQError(
        .invalidEndpoint, call: "HostAddress", endpoint: endpoint.description,
        reason: "no route leads to it, for it is not the TCP address of a host",
        remedy: "give the host and the port of the peer")
    }
    var failure: ZeroMQError?
    for candidate in try SocketAddress.resolve(host) {
      do {
        return try HostAddress(try candidate.localAddressTowards(endpoint))
      } catch {
        if failure == nil { failure = error }
      }
    }
    throw failure ?? SocketAddress.unresolved(host, reason: "it has no address")
  }

  /// As ``towards(_:)``, again and again until it succeeds.
  ///
  /// - Parameters:
  ///   - interval: the wait between two attempts.
  ///   - goesOn: is asked after each failure, with it, and every 100 ms of the wait; false gives up.
  /// - Throws: the last failure, if given up.
  package static func towards(
    _ endpoint: Endpoint, every interval: Duration, while goesOn: (ZeroMQError) -> Bool
  ) throws(ZeroMQError) -> HostAddress {
    while true {
      let failure: ZeroMQError
      do {
        return try towards(endpoint)
      } catch {
        failure = error
      }
      let deadline = MonotonicDeadline(after: interval)
      repeat {
        guard goesOn(failure) else { throw failure }
        usleep(100_000)
      } while deadline.remaining != nil
    }
  }
}

extension HostAddress: CustomStringConvertible {
  /// The number.
  package var description: String { text }
}
