import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A descriptor connected to a port of 127.0.0.1, whose reads give up after the patience of these
/// tests.
func connectRaw(port: UInt16) -> CInt {
  guard let descriptor = tryConnectRaw(port: port) else {
    Issue.record("no connection to port \(port)")
    return -1
  }
  return descriptor
}

/// As ``connectRaw(port:)``; nil where it fails.
func tryConnectRaw(port: UInt16) -> CInt? {
  #if canImport(Glibc)
  let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
  #else
  let descriptor = socket(AF_INET, SOCK_STREAM, 0)
  #endif
  guard descriptor >= 0 else { return nil }
  var timeout = timeval(tv_sec: Int(patience.components.seconds), tv_usec: 0)
  setsockopt(
    descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = port.bigEndian
  address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  let result = withUnsafePointer(to: &address) {
    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
    }
  }
  guard result == 0 else {
    close(descriptor)
    return nil
  }
  return descriptor
}

/// Reads until the peer has closed the connection; false if it does not in time.
func readsToEnd(_ descriptor: CInt) -> Bool {
  var buffer = [UInt8](repeating: 0, count: 4_096)
  var count = read(descriptor, &buffer, buffer.count)
  while count > 0 { count = read(descriptor, &buffer, buffer.count) }
  // A peer that did not read all it was sent ends with a reset.
  return count == 0 || errno == ECONNRESET
}

/// Sends bytes, unless the peer has closed the connection already.
func sendRaw(_ bytes: [UInt8], to descriptor: CInt) {
  #if canImport(Glibc)
  let flags = CInt(MSG_NOSIGNAL)
  #else
  let flags: CInt = 0
  #endif
  _ = send(descriptor, bytes, bytes.count, flags)
}

#if canImport(Glibc)
/// The number of descriptors that this process has open.
func openDescriptors() -> Int {
  guard let listing = opendir("/proc/self/fd") else { return -1 }
  defer { closedir(listing) }
  var count = 0
  while readdir(listing) != nil { count += 1 }
  // Without `.`, `..` and the listing's own.
  return count - 3
}
#endif
