/// Cuts an interval's text into fields, as `ParseDateTime` of PostgreSQL's `datetime.c` does.
struct IntervalToken {
  enum Kind { case number, signedNumber, time, word }

  var kind: Kind
  /// Of a ``Kind/signedNumber``: whether the sign is a minus.
  var isNegative = false
  /// The field without its sign.
  var bytes: UnsafeBufferPointer<UInt8>

  /// The most fields there are.
  static let most = 25

  /// Writes the fields of a text to `tokens`, which has room for ``most``, and answers how many
  /// there are.
  static func split(
    _ text: UnsafeBufferPointer<UInt8>, into tokens: UnsafeMutableBufferPointer<IntervalToken>
  ) throws(IntervalProblem) -> Int {
    var cursor = Cursor(text: text)
    var count = 0
    while let byte = cursor.next {
      guard let kind = try cursor.kind(startingWith: byte) else {
        cursor.position += 1
        continue
      }
      guard count < most else { throw .format }
      let isNegative = byte == UInt8(ascii: "-")
      if kind == .signedNumber { cursor.skipSign() }
      let start = cursor.position
      let found = try cursor.take(kind)
      tokens.initializeElement(
        at: count,
        to: IntervalToken(
          kind: found, isNegative: isNegative,
          bytes: UnsafeBufferPointer(rebasing: text[start..<cursor.position])))
      count += 1
    }
    return count
  }

  private struct Cursor {
    let text: UnsafeBufferPointer<UInt8>
    var position = 0

    var next: UInt8? { position < text.count ? text[position] : nil }

    private var isAtDigit: Bool { next.map { $0 &- 0x30 < 10 } ?? false }

    /// The kind of field that begins with `byte`; `nil` for what only separates.
    func kind(startingWith byte: UInt8) throws(IntervalProblem) -> Kind? {
      switch byte {
      case 0x30...0x39, UInt8(ascii: "."): return .number
      case UInt8(ascii: "+"), UInt8(ascii: "-"): return .signedNumber
      case 0x09...0x0D, 0x20: return nil
      case _ where Self.isLetter(byte): return .word
      case 0x21...0x7E: return nil
      default: throw .format
      }
    }

    mutating func skipSign() {
      position += 1
      while let byte = next, byte == 0x20 || (0x09...0x0D).contains(byte) { position += 1 }
    }

    /// Passes over a field.
    mutating func take(_ kind: Kind) throws(IntervalProblem) -> Kind {
      switch kind {
      case .word:
        while let byte = next, Self.isLetter(byte) { position += 1 }
        // A word with digits or signs attached is a date or a zone, which intervals have not.
        if let byte = next, "+-/.".utf8.contains(byte) || byte &- 0x30 < 10 { throw .format }
        return .word
      case .signedNumber:
        guard isAtDigit else { throw .format }
        while let byte = next, byte &- 0x30 < 10 || ":.-".utf8.contains(byte) { position += 1 }
        return .signedNumber
      case .number, .time:
        if next == UInt8(ascii: ".") { position += 1 }
        while isAtDigit { position += 1 }
        if next == UInt8(ascii: ":"), text[position - 1] != UInt8(ascii: ".") {
          while let byte = next, byte &- 0x30 < 10 || ":.".utf8.contains(byte) { position += 1 }
          return .time
        }
        takeDate()
        return .number
      }
    }

    /// Passes over what a date or a number goes on with behind its first digits.
    private mutating func takeDate() {
      guard let delimiter = next, "-/.".utf8.contains(delimiter) else { return }
      position += 1
      if isAtDigit {
        while isAtDigit { position += 1 }
        guard next == delimiter else { return }
        while let byte = next, byte == delimiter || byte &- 0x30 < 10 { position += 1 }
      } else {
        while let byte = next, byte == delimiter || byte &- 0x30 < 10 || Self.isLetter(byte) {
          position += 1
        }
      }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
  }
}
