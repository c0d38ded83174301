/// Makes other Protocol Buffers messages of one, field by field: lengths stay right, which changes
/// of single bytes seldom leave so.
struct MessageMutation {
  private var state: UInt64

  /// Levels of messages within messages that are looked into.
  private static let depthLimit = 4
  /// The highest number of a field in any of the messages.
  private static let highestField = 22
  /// Numbers at the ends of ranges.
  private static let numbers: [UInt64] = [
    0, 1, 2, 15, 16, 999_999, 1_000_000, 3_600_000_000_000, 3_600_000_000_001, 65_535, 65_536,
    1 << 31 - 1, 1 << 31, 1 << 32 - 1, 1 << 32, 1 << 63 - 1, 1 << 63, .max,
  ]

  /// Changes that the seed decides.
  init(seed: UInt64) { state = seed }

  /// Whether something happens that does so `part` of `whole` times.
  mutating func chance(of part: Int, in whole: Int) -> Bool { pick(whole) < part }

  /// Another message, or `nil` when the bytes are none.
  mutating func mutated(_ message: [UInt8]) -> [UInt8]? { mutated(message, depth: 0) }

  private mutating func mutated(_ message: [UInt8], depth: Int) -> [UInt8]? {
    guard depth < Self.depthLimit, var fields = MessageField.fields(of: message[...]) else {
      return nil
    }
    // Often several, so that what two fields have to do with each other is tried too.
    repeat { change(&fields, depth: depth) } while chance(of: 1, in: 3)
    var bytes: [UInt8] = []
    for field in fields { field.append(to: &bytes) }
    return bytes
  }

  private mutating func change(_ fields: inout [MessageField], depth: Int) {
    guard !fields.isEmpty, !chance(of: 1, in: 4) else {
      fields.insert(newField(), at: pick(fields.count + 1))
      return
    }
    let position = pick(fields.count)
    switch pick(10) {
    case 0: fields.remove(at: position)
    case 1: fields.insert(fields[position], at: pick(fields.count + 1))
    case 2: fields.swapAt(position, pick(fields.count))
    case 3: fields[position].number = fieldNumber()
    default: fields[position].value = changed(fields[position].value, depth: depth)
    }
  }

  private mutating func changed(_ value: MessageField.Value, depth: Int) -> MessageField.Value {
    switch value {
    case .varint(let number): .varint(changed(number))
    case .fixed64(let number): .fixed64(changed(number))
    case .fixed32(let number): .fixed32(UInt32(truncatingIfNeeded: changed(UInt64(number))))
    case .bytes(let bytes):
      // A text may look like a message; both happen to it.
      .bytes(
        (chance(of: 4, in: 5) ? mutated(bytes, depth: depth + 1) : nil) ?? changed(bytes))
    }
  }

  private mutating func changed(_ number: UInt64) -> UInt64 {
    switch pick(4) {
    case 0: number &+ 1
    case 1: number &- 1
    case 2: number ^ 1 << UInt64(pick(64))
    default: Self.numbers[pick(Self.numbers.count)]
    }
  }

  private mutating func changed(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    switch pick(5) {
    case 0:
      bytes = [UInt8](repeating: UInt8(pick(256)), count: [0, 1, 31, 32, 33, 4096, 4097][pick(7)])
    case 1: bytes.append(UInt8(pick(256)))
    case 2: bytes.removeLast(pick(bytes.count + 1))
    case 3: bytes += bytes
    default: if !bytes.isEmpty { bytes[pick(bytes.count)] ^= 1 << UInt8(pick(8)) }
    }
    return bytes
  }

  private mutating func newField() -> MessageField {
    let value: MessageField.Value =
      switch pick(8) {
      case 0...2: .varint(changed(0))
      case 3: .fixed64(changed(0))
      case 4: .fixed32(1)
      case 5: .bytes([])
      case 6: .bytes(node)
      default: .bytes(changed(Array("a".utf8)))
      }
    return MessageField(number: fieldNumber(), value: value)
  }

  /// A node's incarnation.
  private var node: [UInt8] {
    var bytes: [UInt8] = []
    MessageField(number: 1, value: .fixed64(7)).append(to: &bytes)
    MessageField(number: 2, value: .fixed64(9)).append(to: &bytes)
    return bytes
  }

  private mutating func fieldNumber() -> UInt64 { UInt64(1 + pick(Self.highestField)) }

  /// A number below `count`, by SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
  private mutating func pick(_ count: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(count))
  }
}
