extension JSONScanner {
  /// Where the number of fewer than 16 bytes and without an exponent ends that stands at `position`,
  /// behind which 16 bytes can be read; `nil` where ``number()`` has to look.
  ///
  /// Nearly without branches: how many digits a number has is what a processor guesses wrong.
  @inline(__always)
  static func endOfPlainNumber(_ bytes: UnsafePointer<UInt8>, at position: Int) -> Int? {
    let block = ShortBlock(bytes + position)
    // 1 where there is a minus sign, otherwise 0.
    let sign = (UInt64(bytes[position] ^ ASCII.minus) &- 1) &>> 63
    let digits = block.mask(of: ASCII.zero...ASCII.nine) &>> sign
    let points = block.mask(of: ASCII.point) &>> sign
    let length = UInt64(truncatingIfNeeded: (~(digits | points)).trailingZeroBitCount)
    let end = position &+ Int(truncatingIfNeeded: length &+ sign)
    let ownPoints = points & ((1 &<< length) &- 1)
    let startsWithZero: UInt64 =
      bytes[position &+ Int(truncatingIfNeeded: sign)] == ASCII.zero ? 1 : 0
    let hasExponent: UInt64 = bytes[end] | 0x20 == UInt8(ascii: "e") ? 1 : 0
    // A digit first and last, none behind a zero that is first, one point at most, and all of it
    // within the block.
    let faults =
      ~(digits & digits &>> (length &- 1)) & 1 | startsWithZero & digits &>> 1
      | ownPoints & (ownPoints &- 1) | hasExponent | (length &+ sign) &>> 4
    return faults == 0 ? end : nil
  }

  /// Reads a number where a plain one is next.
  @inline(__always)
  mutating func plainNumber() -> JSONToken? {
    let start = position
    guard start &+ ShortBlock.room <= end,
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
