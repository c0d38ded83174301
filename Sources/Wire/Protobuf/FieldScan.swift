/// Walks over the fields of an encoded Protocol Buffers message without making anything of them
/// (https://protobuf.dev/programming-guides/encoding/).
///
/// Bytes that are no message end the walk: to refuse them is the decoder's part.
struct FieldScan {
  private let bytes: UnsafeRawBufferPointer
  /// Where the next field begins.
  private(set) var position = 0
  /// How the field behind is written: 0 as a varint, 2 with a length.
  private(set) var wireType: UInt64 = 0
  /// The field behind, where it is a varint.
  private(set) var value: UInt64 = 0
  /// The bytes of the field behind, where those have a length of their own; otherwise none.
  private var content = 0..<0

  /// Stands before the first field.
  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// Whether the walk has met what is no field.
  private(set) var isBroken = false

  /// The bytes of the field behind, where those have a length of their own.
  var slice: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[content]) }

  /// The first of these fields that comes more often than it may, or `nil` when none does.
  static func excess(
    in bytes: UnsafeRawBufferPointer, of fields: [RepeatedField]
  ) -> RepeatedField? {
    var left = fields.map(\.limit)
    return excess(in: bytes, under: [], of: fields, left: &left)
  }

  /// The same of fields of a message within. A message that comes in several pieces counts as one, which
  /// is what a decoder makes of it.
  static func excess(
    in bytes: UnsafeRawBufferPointer, of nested: NestedFields
  ) -> RepeatedField? {
    var left = nested.fields.map(\.limit)
    return excess(in: bytes, under: nested.path[...], of: nested.fields, left: &left)
  }

  private static func excess(
    in bytes: UnsafeRawBufferPointer, under path: ArraySlice<UInt64>, of fields: [RepeatedField],
    left: inout [Int]
  ) -> RepeatedField? {
    var scan = FieldScan(bytes)
    while let next = scan.next() {
      if let step = path.first {
        guard next == step else { continue }
        let excess = excess(in: scan.slice, under: path.dropFirst(), of: fields, left: &left)
        if let excess { return excess }
      } else if let position = fields.firstIndex(where: { $0.field == next }) {
        if left[position] == 0 { return fields[position] }
        left[position] -= 1
      }
    }
    return nil
  }

  /// The number of the next field, which is then behind.
  mutating func next() -> UInt64? {
    if position == bytes.count { return nil }
    isBroken = true
    guard let key = varint() else { return nil }
    content = position..<position
    wireType = key & 7
    switch wireType {
    case 0:
      guard let value = varint() else { return nil }
      self.value = value
    case 1: position += 8
    case 2:
      guard let length = varint(), length <= UInt64(bytes.count - position) else { return nil }
      content = position..<position + Int(length)
      position += Int(length)
    case 5: position += 4
    // Groups: no message of ours has one, and their elements are within them.
    case 3, 4: break
    default: return nil
    }
    guard position <= bytes.count else { return nil }
    isBroken = false
    return key >> 3
  }

  private mutating func varint() -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard position < bytes.count else { return nil }
      let byte = bytes[position]
      position += 1
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return value }
    }
    return nil
  }
}
