/// Reads the JSON that libpg_query writes; strict, and bounded in depth.
///
/// A reader of its own because loading a general one costs more time than parsing a query.
struct SyntaxReader {
  /// Levels of objects and lists that are followed.
  static let maxDepth = 1500

  /// Why the text is not what libpg_query writes.
  enum Failure: Error, Equatable {
    case malformed(offset: Int)
    case tooDeep
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private var offset = 0
  private var depth = 0

  /// Reads the one value that `bytes` hold.
  static func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(Failure) -> SyntaxValue {
    var reader = SyntaxReader(bytes)
    let value = try reader.value()
    guard reader.peek() == nil else { throw .malformed(offset: reader.offset) }
    return value
  }

  private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private mutating func peek() -> UInt8? {
    while offset < bytes.count {
      switch bytes[offset] {
      case 0x20, 0x09, 0x0A, 0x0D: offset += 1
      default: return bytes[offset]
      }
    }
    return nil
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek() == byte else { return false }
    offset += 1
    return true
  }

  private mutating func expect(_ byte: UInt8) throws(Failure) {
    guard take(byte) else { throw .malformed(offset: offset) }
  }

  private mutating func value() throws(Failure) -> SyntaxValue {
    guard depth < Self.maxDepth else { throw .tooDeep }
    depth += 1
    defer { depth -= 1 }
    switch peek() {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try list()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return .boolean(try word("true", true))
    case UInt8(ascii: "f"): return .boolean(try word("false", false))
    default: return .integer(try integer())
    }
  }

  private mutating func object() throws(Failure) -> SyntaxValue {
    try expect(UInt8(ascii: "{"))
    var fields: [SyntaxField] = []
    if take(UInt8(ascii: "}")) { return .object(fields) }
    repeat {
      let name = try string()
      try expect(UInt8(ascii: ":"))
      fields.append(SyntaxField(name: name, value: try value()))
    } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "}"))
    return .object(fields)
  }

  private mutating func list() throws(Failure) -> SyntaxValue {
    try expect(UInt8(ascii: "["))
    var items: [SyntaxValue] = []
    if take(UInt8(ascii: "]")) { return .list(items) }
    repeat { items.append(try value()) } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "]"))
    return .list(items)
  }

  private mutating func word(_ word: StaticString, _ value: Bool) throws(Failure) -> Bool {
    let start = offset
    for index in 0..<word.utf8CodeUnitCount {
      guard start + index < bytes.count, bytes[start + index] == word.utf8Start[index] else {
        throw .malformed(offset: start)
      }
    }
    offset = start + word.utf8CodeUnitCount
    return value
  }

  private mutating func integer() throws(Failure) -> Int {
    let negative = take(UInt8(ascii: "-"))
    let start = offset
    var number = 0
    while offset < bytes.count, case let digit = bytes[offset] &- 0x30, digit <= 9 {
      // Twelve digits hold every number of the tree, which are 32-bit, and cannot overflow.
      guard offset - start < 12 else { throw .malformed(offset: start) }
      number = number * 10 + Int(digit)
      offset += 1
    }
    guard offset > start else { throw .malformed(offset: start) }
    return negative ? -number : number
  }
}

extension SyntaxReader {
  private mutating func string() throws(Failure) -> String {
    try expect(UInt8(ascii: "\""))
    let start = offset
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "\""), bytes[offset] != 0x5C {
      offset += 1
    }
    if offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") {
      defer { offset += 1 }
      return String(decoding: bytes[start..<offset], as: UTF8.self)
    }
    var text = Array(bytes[start..<offset])
    while offset < bytes.count {
      let byte = bytes[offset]
      offset += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case 0x5C: try escape(into: &text)
      default: text.append(byte)
      }
    }
    throw .malformed(offset: offset)
  }

  private mutating func escape(into text: inout [UInt8]) throws(Failure) {
    guard offset < bytes.count else { throw .malformed(offset: offset) }
    let byte = bytes[offset]
    offset += 1
    switch byte {
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "\""), UInt8(ascii: "/"), 0x5C: text.append(byte)
    case UInt8(ascii: "u"):
      // libpg_query escapes this way only single bytes: control characters, < and >.
      guard offset + 4 <= bytes.count,
        let code = UInt32(String(decoding: bytes[offset..<offset + 4], as: UTF8.self), radix: 16),
        let scalar = Unicode.Scalar(code)
      else { throw .malformed(offset: offset) }
      text.append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [])
      offset += 4
    default: throw .malformed(offset: offset)
    }
  }
}
