import Foundation
import SQLLogic

/// A connection that speaks PostgreSQL's protocol, version 3.0, the simple query part of it
/// (PostgreSQL's documentation, "Frontend/Backend Protocol").
final class PostgreSQLConnection {
  private let descriptor: Int32
  private var received: [UInt8] = []
  private var readOffset = 0

  /// Connects through the Unix socket at `path`.
  init(socket path: String, user: String, database: String) throws {
    descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw Self.failure("socket") }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
      throw DifferentialError("the path of the socket is too long: \(path)")
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
    }
    guard connected == 0 else {
      let failure = Self.failure("connect to \(path)")
      close(descriptor)
      throw failure
    }
    var startup = MessageWriter(type: nil)
    startup.append(196_608 as Int32)
    for text in ["user", user, "database", database, "client_encoding", "UTF8", ""] {
      startup.append(text)
    }
    try send(startup.finished)
    _ = try answers()
  }

  deinit { close(descriptor) }

  /// Sends statements, separated by semicolons; ``answer()`` takes what comes of them.
  func begin(_ sql: String) throws {
    var message = MessageWriter(type: UInt8(ascii: "Q"))
    message.append(sql)
    try send(message.finished)
  }

  /// The last statement's answer.
  func answer() throws -> Result<QueryAnswer, QueryFailure> { try answers() }

  /// Sends statements and takes their answer.
  func run(_ sql: String) throws -> Result<QueryAnswer, QueryFailure> {
    try begin(sql)
    return try answer()
  }

  /// Carries out statements that are known to work.
  func execute(_ sql: String) throws {
    if case .failure(let failure) = try run(sql) {
      throw DifferentialError("PostgreSQL refuses what the tester needs: \(failure) in: \(sql)")
    }
  }

  /// Reads until the server is ready for more.
  private func answers() throws -> Result<QueryAnswer, QueryFailure> {
    var answer = QueryAnswer(names: [], types: [], rows: [])
    var failure: QueryFailure?
    var hasBegun = false
    while true {
      var message = try receive()
      switch message.type {
      case UInt8(ascii: "T"):
        hasBegun = true
        (answer.names, answer.types) = try message.columns()
        answer.rows = []
      case UInt8(ascii: "D"):
        answer.rows.append(
          zip(try message.values(), answer.types).map { value, type in
            // The protocol says t and f where a cast to text says true and false.
            type == "boolean" ? value.map { $0 == "t" ? "true" : "false" } : value
          })
      case UInt8(ascii: "E"):
        failure = try message.failure(isRefusal: !hasBegun)
      case UInt8(ascii: "Z"): return failure.map { .failure($0) } ?? .success(answer)
      default: continue
      }
    }
  }

  private func send(_ bytes: [UInt8]) throws {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes {
        write(descriptor, $0.baseAddress! + sent, bytes.count - sent)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Self.failure("write to PostgreSQL") }
      sent += count
    }
  }

  private func receive() throws -> MessageReader {
    let head = try take(5)
    let length = head[1...].reduce(0) { $0 << 8 | Int($1) }
    return MessageReader(type: head[0], bytes: try take(length - 4))
  }

  private func take(_ count: Int) throws -> [UInt8] {
    while received.count - readOffset < count {
      if readOffset > 1 << 16 {
        received.removeFirst(readOffset)
        readOffset = 0
      }
      var block = [UInt8](repeating: 0, count: 1 << 16)
      let length = block.withUnsafeMutableBytes { read(descriptor, $0.baseAddress!, $0.count) }
      if length < 0, errno == EINTR { continue }
      guard length > 0 else { throw Self.failure("PostgreSQL ended the connection; read") }
      received += block[..<length]
    }
    defer { readOffset += count }
    return Array(received[readOffset..<readOffset + count])
  }

  private static func failure(_ what: String) -> DifferentialError {
    DifferentialError("\(what): \(String(cString: strerror(errno)))")
  }
}
