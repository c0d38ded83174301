extension JSONScanner {
  /// Where the number of fewer than 16 bytes and without an exponent ends that stands at `position`;
  /// `nil` where ``number()`` has to look.
  ///
  /// Without branches but one that each column goes the same way: how many digits a number has is
  /// what a processor guesses wrong.
  @inline(__always)
  static func endOfPlainNumber(_ bytes: UnsafePointer<UInt8>, at position: Int) -> Int? {
    // 1 where there is a minus sign, otherwise 0.
    let sign = (UInt64(bytes[position] ^ ASCII.minus) &- 1) &>> 63
    let digits = ShortBlock(bytes + position).mask(of: ASCII.zero...ASCII.nine) &>> sign
    let first = position &+ Int(truncatingIfNeeded: sign)
    let whole = (~digits).trailingZeroBitCount
    var end = first &+ whole
    // No digit at all, or one behind a zero.
    var faults = ~digits & 1 | (bytes[first] == ASCII.zero ? digits &>> 1 : 0)
    if bytes[end] == ASCII.point {
      let decimals = digits &>> UInt64(truncatingIfNeeded: whole &+ 1)
      faults |= ~decimals
      end &+= 1 &+ (~decimals).trailingZeroBitCount
    }
    let hasExponent: UInt64 = bytes[end] | 0x20 == UInt8(ascii: "e") ? 1 : 0
    // All of it, and what ends it, has to be within the block.
    let isLong = UInt64(truncatingIfNeeded: end &- position) &>> 4
    return faults & 1 | hasExponent | isLong == 0 ? end : nil
  }

  /// Reads a number where a plain one is next.
  @inline(__always)
  mutating func plainNumber() -> JSONToken? {
    let start = position
    guard start &+ Self.roomOfPlainValue <= end,
      let behind = Self.endOfPlainNumber(bytes, at: start)
    else { return nil }
    position = behind
    return JSONToken(kind: .number, from: start, to: behind)
  }

  /// Reads any number.
  mutating func number() throws(JSONProblem) {
    if next == ASCII.minus { position += 1 }
    guard isDigit(next) else { throw problem("expected a value") }
    if next == ASCII.zero {
      position += 1
      if isDigit(next) { throw problem("a number starts with 0") }
    } else {
      skipDigits()
    }
    if next == ASCII.point {
      position += 1
      try digits()
    }
    if next | 0x20 == UInt8(ascii: "e") {
      position += 1
      if next == ASCII.minus || next == UInt8(ascii: "+") { position += 1 }
      try digits()
    }
  }

  private mutating func digits() throws(JSONProblem) {
    guard isDigit(next) else { throw problem("expected a digit") }
    skipDigits()
  }

  private mutating func skipDigits() {
    while isDigit(next) { position += 1 }
  }

  @inline(__always)
  private func isDigit(_ byte: UInt8) -> Bool { byte &- ASCII.zero < 10 }
}
