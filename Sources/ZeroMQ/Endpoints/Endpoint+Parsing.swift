#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension Endpoint {
  /// The longest ipc path in bytes: 107 on Linux.
  package static var maximumPathLength: Int {
    MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1
  }

  /// Reads an endpoint.
  ///
  /// - Parameter text: `inproc://name`, `ipc:///absolute/path`, `tcp://host:port`; `*` as the
  ///   port is 0.
  /// - Throws: ``ZeroMQError`` of code `invalidEndpoint` or `pathTooLong`, saying what is wrong.
  package init(_ text: String) throws(ZeroMQError) {
    if let name = Self.rest(of: text, after: "inproc://") {
      self = .inproc(name: name)
    } else if let path = Self.rest(of: text, after: "ipc://") {
      self = .ipc(path: path)
    } else if let address = Self.rest(of: text, after: "tcp://") {
      self = try Self.tcp(address, in: text)
    } else {
      throw Self.invalid(text, "it has no known transport")
    }
    try check()
  }

  private static func rest(of text: String, after prefix: String) -> String? {
    text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : nil
  }

  private static func tcp(_ address: String, in text: String) throws(ZeroMQError) -> Endpoint {
    guard let colon = address.lastIndex(of: ":") else { throw invalid(text, "it has no port") }
    let host = String(address[..<colon])
    let digits = address[address.index(after: colon)...]
    if digits == "*" { return .tcp(host: host, port: 0) }
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let port = UInt16(digits)
    else { throw invalid(text, "its port is not a number from 0 to 65535") }
    return .tcp(host: host, port: port)
  }

  /// Checks what a value built by hand could have wrong.
  ///
  /// - Throws: ``ZeroMQError`` as ``init(_:)``.
  package func check() throws(ZeroMQError) {
    let text = description
    guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
      throw Self.invalid(text, "it has a control character")
    }
    switch self {
    case .inproc(let name):
      guard !name.isEmpty, name.utf8.count <= 255 else {
        throw Self.invalid(text, "its name is empty or longer than 255 bytes")
      }
    case .ipc(let path):
      try Self.check(path: path, in: text)
    case .tcp(let host, _):
      guard !host.isEmpty, host.utf8.count <= 255 else {
        throw Self.invalid(text, "its host is empty or longer than 255 bytes")
      }
      guard !host.contains(where: { "/;@ ".contains($0) }) else {
        throw Self.invalid(text, "its host has a character that no host has")
      }
      guard !host.contains(":") || (host.hasPrefix("[") && host.hasSuffix("]")) else {
        throw Self.invalid(text, "an IPv6 address stands in brackets, as in tcp://[::1]:5555")
      }
    }
  }

  private static func check(path: String, in text: String) throws(ZeroMQError) {
    // An abstract socket (@name) or a wildcard (*) would be outside any private directory.
    guard path.hasPrefix("/"), !path.hasSuffix("/") else {
      throw invalid(text, "its path is not the absolute path of a file")
    }
    let length = path.utf8.count
    guard length <= maximumPathLength else {
      throw ZeroMQError(
        .pathTooLong, call: "Endpoint", endpoint: text,
        reason: "the path has \(length) bytes and the limit of an ipc path is \(maximumPathLength)",
        remedy: ZeroMQError.Code.pathTooLong.remedy)
    }
  }

  private static func invalid(_ text: String, _ reason: String) -> ZeroMQError {
    ZeroMQError(
      .invalidEndpoint, call: "Endpoint", endpoint: text,
      reason: "this is no endpoint: \(reason)",
      remedy: ZeroMQError.Code.invalidEndpoint.remedy)
  }
}
