import Columnar

/// Changes of letter case.
///
/// Letters map one to one by Unicode's simple mappings, as in PostgreSQL: what has no single
/// counterpart ("ß") stays as it is.
enum TextCase {
  case lower, upper
  /// `initcap`: the first letter of every word upper, all others lower.
  case title

  /// The changed text; the text itself when nothing changes.
  func apply(_ text: StringView, _ arena: ByteArena) -> StringView {
    text.isASCII ? applyToASCII(text, arena) : applyToScalars(text, arena)
  }

  private func applyToASCII(_ text: StringView, _ arena: ByteArena) -> StringView {
    let count = Int(text.length)
    if count == 0 { return text }
    let place = arena.allocate(count)
    var inWord = false
    for index in 0..<count {
      let byte = text.start[index]
      let isUpper = byte &- 0x41 < 26
      let isLower = byte &- 0x61 < 26
      switch self {
      case .lower: place[index] = isUpper ? byte | 0x20 : byte
      case .upper: place[index] = isLower ? byte ^ 0x20 : byte
      case .title:
        place[index] = inWord ? (isUpper ? byte | 0x20 : byte) : (isLower ? byte ^ 0x20 : byte)
        inWord = isUpper || isLower || byte &- 0x30 < 10
      }
    }
    return StringView(start: place, length: count)
  }

  private func applyToScalars(_ text: StringView, _ arena: ByteArena) -> StringView {
    let scalars = text.scalars
    let place = arena.allocate(scalars.count * 4)
    var length = 0
    var inWord = false
    for scalar in scalars {
      let properties = scalar.properties
      let changed =
        switch self {
        case .lower: Self.single(properties.lowercaseMapping, scalar)
        case .upper: Self.single(properties.uppercaseMapping, scalar)
        case .title:
          inWord
            ? Self.single(properties.lowercaseMapping, scalar)
            : Self.single(properties.uppercaseMapping, scalar)
        }
      inWord = properties.isAlphabetic || properties.numericType != nil
      for byte in UTF8.encode(changed).unsafelyUnwrapped {
        place[length] = byte
        length += 1
      }
    }
    return StringView(start: place, length: length)
  }

  /// The letter in lower case, where it has one.
  static func lowercase(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    single(scalar.properties.lowercaseMapping, scalar)
  }

  /// The letter in upper case, where it has one.
  static func uppercase(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    single(scalar.properties.uppercaseMapping, scalar)
  }

  /// Unicode's simple mapping; `mapping` is the full one, which may have several letters.
  private static func single(_ mapping: String, _ scalar: Unicode.Scalar) -> Unicode.Scalar {
    let mapped = mapping.unicodeScalars
    if mapped.count == 1 { return mapped[mapped.startIndex] }
    return several(scalar) ?? scalar
  }

  /// Letters that have both mappings (Unicode's `SpecialCasing.txt` beside `UnicodeData.txt`).
  private static func several(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0x130: "i"
    // Greek letters with iota below.
    case 0x1F80...0x1F87, 0x1F90...0x1F97, 0x1FA0...0x1FA7: Unicode.Scalar(scalar.value + 8)
    case 0x1FB3, 0x1FC3, 0x1FF3: Unicode.Scalar(scalar.value + 9)
    default: nil
    }
  }
}
