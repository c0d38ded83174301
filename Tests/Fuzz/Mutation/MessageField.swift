/// A field of an encoded Protocol Buffers message
/// (https://protobuf.dev/programming-guides/encoding/).
struct MessageField {
  var number: UInt64
  var value: Value

  /// What the field holds, by its wire type.
  enum Value {
    case varint(UInt64)
    case fixed64(UInt64)
    /// A text, bytes, a message or a packed list.
    case bytes([UInt8])
    case fixed32(UInt32)
  }

  /// The fields of a message, or `nil` when the bytes are none.
  static func fields(of bytes: ArraySlice<UInt8>) -> [MessageField]? {
    var rest = bytes
    var fields: [MessageField] = []
    while !rest.isEmpty {
      guard let key = varint(&rest), key >> 3 > 0 else { return nil }
      let value: Value
      switch key & 7 {
      case 0:
        guard let number = varint(&rest) else { return nil }
        value = .varint(number)
      case 1:
        guard rest.count >= 8 else { return nil }
        value = .fixed64(number(rest.prefix(8)))
        rest = rest.dropFirst(8)
      case 2:
        guard let length = varint(&rest), length <= UInt64(rest.count) else { return nil }
        value = .bytes(Array(rest.prefix(Int(length))))
        rest = rest.dropFirst(Int(length))
      case 5:
        guard rest.count >= 4 else { return nil }
        value = .fixed32(UInt32(truncatingIfNeeded: number(rest.prefix(4))))
        rest = rest.dropFirst(4)
      default: return nil
      }
      fields.append(MessageField(number: key >> 3, value: value))
    }
    return fields
  }

  /// Writes the field to the end of `bytes`.
  func append(to bytes: inout [UInt8]) {
    switch value {
    case .varint(let number):
      Self.append(self.number << 3, to: &bytes)
      Self.append(number, to: &bytes)
    case .fixed64(let number):
      Self.append(self.number << 3 | 1, to: &bytes)
      withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    case .bytes(let content):
      Self.append(number << 3 | 2, to: &bytes)
      Self.append(UInt64(content.count), to: &bytes)
      bytes.append(contentsOf: content)
    case .fixed32(let number):
      Self.append(self.number << 3 | 5, to: &bytes)
      withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  private static func varint(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard let byte = rest.popFirst() else { return nil }
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return value }
    }
    return nil
  }

  private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
