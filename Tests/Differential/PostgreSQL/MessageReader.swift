import SQLLogic

/// Takes a message of PostgreSQL's protocol apart.
struct MessageReader {
  /// The message's letter.
  let type: UInt8
  private let bytes: [UInt8]
  private var offset = 0

  init(type: UInt8, bytes: [UInt8]) {
    self.type = type
    self.bytes = bytes
  }

  /// Names and types of a RowDescription.
  mutating func columns() throws -> (names: [String], types: [String]) {
    var names: [String] = []
    var types: [String] = []
    for _ in 0..<(try integer(2)) {
      names.append(try text())
      _ = try integer(4)
      _ = try integer(2)
      types.append(Self.typeName(try integer(4)))
      _ = try integer(2)
      _ = try integer(4)
      _ = try integer(2)
    }
    return (names, types)
  }

  /// The values of a DataRow.
  mutating func values() throws -> [String?] {
    var values: [String?] = []
    for _ in 0..<(try integer(2)) {
      let length = Int(Int32(truncatingIfNeeded: try integer(4)))
      values.append(length < 0 ? nil : String(decoding: try take(length), as: UTF8.self))
    }
    return values
  }

  /// An ErrorResponse.
  mutating func failure(isRefusal: Bool) throws -> QueryFailure {
    var failure = QueryFailure(isRefusal: isRefusal, message: "")
    while true {
      switch try integer(1) {
      case 0: return failure
      case Int(UInt8(ascii: "C")): failure.code = try text()
      case Int(UInt8(ascii: "M")): failure.message = try text()
      default: _ = try text()
      }
    }
  }

  private mutating func integer(_ count: Int) throws -> Int {
    try take(count).reduce(0) { $0 << 8 | Int($1) }
  }

  private mutating func text() throws -> String {
    guard let end = bytes[offset...].firstIndex(of: 0) else { throw Self.damaged }
    defer { offset = end + 1 }
    return String(decoding: bytes[offset..<end], as: UTF8.self)
  }

  private mutating func take(_ count: Int) throws -> ArraySlice<UInt8> {
    guard count <= bytes.count - offset else { throw Self.damaged }
    defer { offset += count }
    return bytes[offset..<offset + count]
  }

  private static var damaged: DifferentialError {
    DifferentialError("PostgreSQL sent a message that cannot be read")
  }

  /// The type with this `pg_type.oid`, named as this project names it.
  private static func typeName(_ oid: Int) -> String {
    switch oid {
    case 16: "boolean"
    case 20: "bigint"
    case 23: "integer"
    case 25: "text"
    case 701: "double precision"
    case 1043: "varchar"
    case 1082: "date"
    case 1114: "timestamp"
    case 1184: "timestamptz"
    case 1186: "interval"
    case 1700: "numeric"
    default: "type \(oid)"
    }
  }
}
