import Columnar

/// A pattern of `to_char`, `to_date` and `to_timestamp`, taken apart as `parse_format` of PostgreSQL's
/// `formatting.c` does.
struct TimePattern {
  /// An element, or one character that stands for itself.
  enum Piece {
    case field(Field)
    case character([UInt8], Kind)
  }

  /// What a character is for reading.
  enum Kind { case space, separator, other }

  /// An element with what stands before and behind it.
  struct Field {
    var keyword: TimeKeyword
    /// `FM`: without padding.
    var isFilled = false
    /// `TM`: names in the language of the place, which is English here; without padding.
    var isTranslated = false
    /// `TH` or `th` follows.
    var ordinal: TimeKeyword.LetterCase?
    /// `SP`, which PostgreSQL does not carry out either.
    var isSpelled = false

    var element: TimeElement { keyword.element }
  }

  /// What a pattern is used for.
  enum Use { case writing, writingInterval, reading }

  private(set) var pieces: [Piece] = []

  init(_ text: StringView) {
    self.init(Array(text.bytes)[...])
  }

  init(_ text: String) { self.init(Array(text.utf8)[...]) }

  private init(_ bytes: ArraySlice<UInt8>) {
    var rest = bytes
    while !rest.isEmpty { take(&rest) }
  }

  /// The first element that `use` has not, in words; `nil` when all is well.
  func refusal(for use: Use) -> String? {
    for case .field(let field) in pieces {
      let name = field.keyword.name
      if field.isSpelled { return "SP in a pattern is not supported" }
      switch (use, field.element) {
      case (.reading, .zoneName), (.reading, .zoneOffset):
        return "formatting field \"\(name)\" is only supported in to_char"
      case (.writingInterval, let element) where !element.isOfIntervals:
        return "pattern element \(name) is not supported for an interval, which is tied to no "
          + "calendar date"
      default: break
      }
    }
    return nil
  }

  private mutating func take(_ rest: inout ArraySlice<UInt8>) {
    var isFilled = false
    var isTranslated = false
    switch Self.pair(rest) {
    case "FM", "fm": isFilled = true
    case "TM", "tm": isTranslated = true
    default: break
    }
    if isFilled || isTranslated { rest = rest.dropFirst(2) }
    if let keyword = TimeKeyword.first(in: rest) {
      rest = rest.dropFirst(keyword.name.utf8.count)
      var field = Field(keyword: keyword, isFilled: isFilled, isTranslated: isTranslated)
      switch Self.pair(rest) {
      case "TH": field.ordinal = .upper
      case "th": field.ordinal = .lower
      case "SP": field.isSpelled = true
      default: break
      }
      if field.ordinal != nil || field.isSpelled { rest = rest.dropFirst(2) }
      pieces.append(.field(field))
    } else if rest.first == UInt8(ascii: "\"") {
      takeQuoted(&rest)
    } else if !rest.isEmpty {
      // Outside quotes a backslash means something before a quote only.
      if Self.pair(rest) == "\\\"" { rest = rest.dropFirst() }
      let character = Self.character(&rest)
      pieces.append(.character(character, Self.kind(character)))
    }
  }

  private mutating func takeQuoted(_ rest: inout ArraySlice<UInt8>) {
    rest = rest.dropFirst()
    while let byte = rest.first {
      if byte == UInt8(ascii: "\"") {
        rest = rest.dropFirst()
        return
      }
      if byte == UInt8(ascii: "\\"), rest.count > 1 { rest = rest.dropFirst() }
      pieces.append(.character(Self.character(&rest), .other))
    }
  }

  /// The first two bytes as text, if they are ASCII.
  private static func pair(_ rest: ArraySlice<UInt8>) -> String {
    String(decoding: rest.prefix(2), as: UTF8.self)
  }

  /// Takes one character off.
  private static func character(_ rest: inout ArraySlice<UInt8>) -> [UInt8] {
    var end = rest.startIndex + 1
    while end < rest.endIndex, StringView.isContinuation(rest[end]) { end += 1 }
    defer { rest = rest[end...] }
    return Array(rest[rest.startIndex..<end])
  }

  private static func kind(_ character: [UInt8]) -> Kind {
    guard character.count == 1 else { return .other }
    if isSpace(character[0]) { return .space }
    return isSeparator(character[0]) ? .separator : .other
  }

  /// Whether a byte is blank space.
  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  /// Whether a byte is visible ASCII that is neither letter nor digit.
  static func isSeparator(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte < 0x7F && !((byte | 0x20) &- 0x61 < 26) && !(byte &- 0x30 < 10)
  }
}
