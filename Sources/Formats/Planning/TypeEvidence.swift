import Columnar

/// The types that all values of a column seen so far have.
struct TypeEvidence {
  private struct Types: OptionSet {
    let rawValue: UInt8
    static let boolean = Types(rawValue: 1)
    static let bigint = Types(rawValue: 2)
    static let double = Types(rawValue: 4)
    static let date = Types(rawValue: 8)
    static let timestamp = Types(rawValue: 16)
    static let timestamptz = Types(rawValue: 32)
  }

  private var possible: Types?

  /// The narrowest type of all values; text where there was none or nothing else fits.
  var type: ColumnType {
    guard let possible else { return .text }
    if possible.contains(.boolean) { return .boolean }
    if possible.contains(.bigint) { return .bigint }
    if possible.contains(.double) { return .double }
    if possible.contains(.date) { return .date }
    if possible.contains(.timestamp) { return .timestamp }
    return possible.contains(.timestamptz) ? .timestamptz : .text
  }

  /// Takes in a value of a format in which everything is text.
  mutating func observe(_ value: UnsafeBufferPointer<UInt8>) {
    var types = Self.numbers(value)
    if types.isEmpty { types = Self.times(value) }
    if types.isEmpty, Self.isWord(value, "true") || Self.isWord(value, "false") {
      types = .boolean
    }
    narrow(to: types)
  }

  /// Takes in a JSON value; for a string its text without quotes.
  mutating func observe(_ value: UnsafeBufferPointer<UInt8>, kind: JSONToken.Kind) {
    switch kind {
    case .null: return
    case .boolean: narrow(to: .boolean)
    case .number: narrow(to: Self.numbers(value))
    case .string: narrow(to: Self.times(value))
    case .container: narrow(to: [])
    }
  }

  private mutating func narrow(to types: Types) {
    possible = possible?.intersection(types) ?? types
  }

  private static func numbers(_ value: UnsafeBufferPointer<UInt8>) -> Types {
    guard let start = value.baseAddress, value.count > 0 else { return [] }
    let digits = value.drop { $0 == ASCII.minus || $0 == UInt8(ascii: "+") }
    // What starts with zeros is more likely a code, and would lose them as a number.
    if digits.count > 1, digits.first == ASCII.zero, let second = digits.dropFirst().first,
      ASCII.zero...ASCII.nine ~= second
    {
      return []
    }
    if ValueParser.bigint(start, value.count) != nil { return [.bigint, .double] }
    // Digits that are too many for an integer would lose some as a double.
    if digits.allSatisfy({ ASCII.zero...ASCII.nine ~= $0 }) { return [] }
    return ValueParser.double(start, value.count) != nil ? .double : []
  }

  private static func times(_ value: UnsafeBufferPointer<UInt8>) -> Types {
    guard let start = value.baseAddress, value.count > 0 else { return [] }
    if ValueParser.date(start, value.count) != nil { return [.date, .timestamp, .timestamptz] }
    guard ValueParser.timestamp(start, value.count) != nil else { return [] }
    // The date takes at least eight bytes, so a sign behind them belongs to a zone.
    let hasZone = value.dropFirst(8).contains {
      $0 | 0x20 == UInt8(ascii: "z") || $0 == UInt8(ascii: "+") || $0 == ASCII.minus
    }
    return hasZone ? .timestamptz : [.timestamp, .timestamptz]
  }

  private static func isWord(_ value: UnsafeBufferPointer<UInt8>, _ word: StaticString) -> Bool {
    guard value.count == word.utf8CodeUnitCount else { return false }
    for index in 0..<value.count where value[index] | 0x20 != word.utf8Start[index] {
      return false
    }
    return true
  }
}
