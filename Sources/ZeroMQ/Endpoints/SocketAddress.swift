#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// An address of the operating system's sockets, of IPv4 or IPv6.
struct SocketAddress {
  private var storage = sockaddr_storage()
  private var length = socklen_t(MemoryLayout<sockaddr_storage>.size)

  private init() {}

  private init(_ address: UnsafePointer<sockaddr>, _ length: socklen_t) {
    self.length = length
    withUnsafeMutableBytes(of: &storage) { bytes in
      bytes.copyMemory(
        from: UnsafeRawBufferPointer(start: address, count: min(Int(length), bytes.count)))
    }
  }

  /// The addresses of a host, in the order in which they are to be tried; one at least.
  ///
  /// - Parameter host: a name, a number, or `[number]`.
  static func resolve(_ host: String) throws(ZeroMQError) -> [SocketAddress] {
    var hints = addrinfo()
    hints.ai_family = AF_UNSPEC
    #if canImport(Glibc)
    hints.ai_socktype = CInt(SOCK_DGRAM.rawValue)
    #else
    hints.ai_socktype = SOCK_DGRAM
    #endif
    let name =
      host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
    var list: UnsafeMutablePointer<addrinfo>?
    // Any port: a datagram socket "connects" without sending anything.
    let result = getaddrinfo(name, "9", &hints, &list)
    guard result == 0 else {
      if result == EAI_SYSTEM {
        throw ZeroMQError(number: errno, call: "getaddrinfo", endpoint: host)
      }
      throw unresolved(host, reason: String(cString: gai_strerror(result)))
    }
    defer { freeaddrinfo(list) }
    var addresses: [SocketAddress] = []
    var next = list
    while let entry = next {
      if let address = entry.pointee.ai_addr {
        addresses.append(SocketAddress(address, entry.pointee.ai_addrlen))
      }
      next = entry.pointee.ai_next
    }
    return addresses
  }

  static func unresolved(_ host: String, reason: String) -> ZeroMQError {
    ZeroMQError(
      .nameNotResolved, call: "getaddrinfo", endpoint: host,
      reason: "the name is not known here: \(reason)",
      remedy:
        "check the name, or give the numeric address; a peer that is yet to start may be known "
        + "only then")
  }

  /// The address by which this host would send to this one.
  func localAddressTowards(_ endpoint: Endpoint) throws(ZeroMQError) -> SocketAddress {
    let place = endpoint.description
    #if canImport(Glibc)
    let descriptor = socket(CInt(storage.ss_family), CInt(SOCK_DGRAM.rawValue), 0)
    #else
    let descriptor = socket(CInt(storage.ss_family), SOCK_DGRAM, 0)
    #endif
    guard descriptor >= 0 else { throw ZeroMQError(number: errno, call: "socket", endpoint: place) }
    defer { close(descriptor) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    let isConnected = withPointer { address, length in
      retryingInterrupts { connect(descriptor, address, length) } == 0
    }
    guard isConnected else {
      throw ZeroMQError(number: errno, call: "connect", endpoint: place)
    }
    var local = SocketAddress()
    let isKnown = withUnsafeMutablePointer(to: &local.storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getsockname(descriptor, $0, &local.length)
      }
    }
    guard isKnown == 0 else {
      throw ZeroMQError(number: errno, call: "getsockname", endpoint: place)
    }
    return local
  }

  /// The number, as text.
  func numericHost() throws(ZeroMQError) -> String {
    try withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(NI_MAXHOST)) {
      buffer throws(ZeroMQError) -> String in
      let result = withPointer { address, length in
        getnameinfo(
          address, length, buffer.baseAddress, socklen_t(buffer.count), nil, 0, NI_NUMERICHOST)
      }
      guard result == 0, let text = buffer.baseAddress.map({ String(cString: $0) }) else {
        throw ZeroMQError(
          .other, call: "getnameinfo", reason: String(cString: gai_strerror(result)), remedy: "")
      }
      // A zone: the address holds on one link only.
      guard !text.contains("%") else {
        throw ZeroMQError(
          .addressNotAvailable, call: "HostAddress", endpoint: text,
          reason: "the peer is reached by a link-local address only, which other hosts cannot use",
          remedy: "give the address that other hosts reach this one by")
      }
      return text
    }
  }

  private func withPointer<Result>(
    _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    withUnsafePointer(to: storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
    }
  }
}
