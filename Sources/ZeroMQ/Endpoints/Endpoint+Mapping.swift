extension Endpoint {
  /// The address as libzmq is given it.
  ///
  /// `localhost` is 127.0.0.1 both to those who bind and to those who connect: libzmq binds to no
  /// names, and where IPv6 is allowed one side might take it for ::1 and the other not.
  var forLibrary: Endpoint {
    guard case .tcp("localhost", let port) = self else { return self }
    return .tcp(host: "127.0.0.1", port: port)
  }

  /// The address with an IPv4 host instead of the IPv6 address that stands for it.
  var withoutMapping: Endpoint {
    guard case .tcp(let host, let port) = self, host.hasPrefix("["), host.hasSuffix("]") else {
      return self
    }
    let number = String(host.dropFirst().dropLast())
    let plain = Self.withoutMapping(address: number)
    return plain == number ? self : .tcp(host: plain, port: port)
  }

  /// A numeric address without brackets: `10.0.0.7` for `::ffff:10.0.0.7`, others as they are.
  static func withoutMapping(address: String) -> String {
    let prefix = "::ffff:"
    guard address.hasPrefix(prefix), address.contains(".") else { return address }
    return String(address.dropFirst(prefix.count))
  }
}
