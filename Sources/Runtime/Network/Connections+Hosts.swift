import ZeroMQ

extension Connections {
  /// Where this process binds and where others find it, found out anew each time: addresses change. While
  /// the supervisor's name stands for nothing, the address that was right before is.
  ///
  /// - Throws: ``ZeroMQError`` when an address is not given and cannot be found out: the supervisor's name
  ///   stands for nothing yet, or no way leads there.
  func hosts(
    _ network: Transport.Network
  ) throws(ZeroMQError) -> (bound: String, advertised: String) {
    if let bound = network.bindHost, let advertised = network.advertisedHost {
      return (bound, advertised)
    }
    if let bound = network.bindHost, !Self.isAnyAddress(bound) { return (bound, bound) }
    let own = try ownHostLookup.find(towards: supervisor.beats)
    return (network.bindHost ?? own, network.advertisedHost ?? own)
  }

  private static func isAnyAddress(_ host: String) -> Bool {
    ["*", "0.0.0.0", "[::]"].contains(host)
  }
}
