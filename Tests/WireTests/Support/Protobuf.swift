/// Protocol Buffers bytes made by hand, as a peer in another language would send them.
struct Protobuf {
  var bytes: [UInt8] = []

  init(_ fields: Field...) {
    for field in fields { append(field) }
  }

  enum Field {
    case varint(Int, UInt64)
    case fixed64(Int, UInt64)
    case bytes(Int, [UInt8])

    static func text(_ number: Int, _ text: String) -> Self { .bytes(number, Array(text.utf8)) }
    static func message(_ number: Int, _ fields: Protobuf) -> Self { .bytes(number, fields.bytes) }
    static func node(_ number: Int, _ node: UInt64, _ incarnation: UInt64) -> Self {
      .message(number, Protobuf(.fixed64(1, node), .fixed64(2, incarnation)))
    }
  }

  mutating func append(_ field: Field) {
    switch field {
    case .varint(let number, let value):
      varint(UInt64(number) << 3)
      varint(value)
    case .fixed64(let number, let value):
      varint(UInt64(number) << 3 | 1)
      withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    case .bytes(let number, let content):
      varint(UInt64(number) << 3 | 2)
      varint(UInt64(content.count))
      bytes += content
    }
  }

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7f) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
