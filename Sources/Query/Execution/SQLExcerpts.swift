/// Finds the part of a query that a position belongs to, for messages.
///
/// Works on words and symbols alone: from the position out to the nearest comma, clause keyword, or
/// parenthesis that opens or closes around it. What stands in string constants and quoted names is
/// one word.
struct SQLExcerpts: Sendable {
  /// The most characters of a query that a message quotes.
  static let longest = 60

  private let bytes: [UInt8]
  private let tokens: [Range<Int>]

  /// Reads the query's words.
  init(sql: String) {
    bytes = Array(sql.utf8)
    tokens = Self.tokens(bytes)
  }

  /// The expression around byte `position`, on one line; `nil` when there is nothing.
  func excerpt(at position: Int) -> String? {
    guard let center = tokens.lastIndex(where: { $0.lowerBound <= position }) else { return nil }
    var first = center
    var depth = 0
    while first > 0 {
      let token = tokens[first - 1]
      if isSymbol(token, ")") { depth += 1 }
      if isSymbol(token, "(") {
        if depth == 0 { break }
        depth -= 1
      }
      if depth == 0, ends(token) { break }
      first -= 1
    }
    var last = center
    depth = isSymbol(tokens[center], "(") ? 1 : 0
    while last + 1 < tokens.count {
      let token = tokens[last + 1]
      if isSymbol(token, "(") { depth += 1 }
      if isSymbol(token, ")") {
        if depth == 0 { break }
        depth -= 1
      }
      if depth == 0, ends(token) { break }
      last += 1
    }
    return shown(tokens[first].lowerBound..<tokens[last].upperBound, around: position)
  }

  private func shown(_ range: Range<Int>, around position: Int) -> String {
    let text = String(decoding: bytes[range], as: UTF8.self)
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard words.count > Self.longest else { return words }
    // Too long to show whole: what stands from shortly before the position on.
    let start = max(range.lowerBound, position - 20)
    let tail = String(decoding: bytes[start..<range.upperBound], as: UTF8.self)
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let head = start > range.lowerBound ? "…" : ""
    let cut = tail.prefix(Self.longest)
    return head + cut + (cut.count < tail.count ? "…" : "")
  }

  private func isSymbol(_ token: Range<Int>, _ symbol: Unicode.Scalar) -> Bool {
    token.count == 1 && bytes[token.lowerBound] == UInt8(ascii: symbol)
  }

  private func ends(_ token: Range<Int>) -> Bool {
    if isSymbol(token, ",") || isSymbol(token, ";") { return true }
    return Self.keywords.contains(
      String(decoding: bytes[token], as: UTF8.self).lowercased())
  }

  private static let keywords: Set<String> = [
    "select", "distinct", "from", "where", "group", "having", "order", "by", "limit", "offset",
    "and", "or", "not", "case", "when", "then", "else", "end", "as", "asc", "desc", "filter",
  ]

  private static func tokens(_ bytes: [UInt8]) -> [Range<Int>] {
    var tokens: [Range<Int>] = []
    var offset = 0
    while offset < bytes.count {
      let start = offset
      let byte = bytes[offset]
      offset += 1
      if byte <= 0x20 { continue }
      if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        while offset < bytes.count, bytes[offset] != byte { offset += 1 }
        offset = min(offset + 1, bytes.count)
      } else if isWord(byte) {
        while offset < bytes.count, isWord(bytes[offset]) { offset += 1 }
      }
      tokens.append(start..<offset)
    }
    return tokens
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") || byte &- 0x30 < 10
      || (byte | 0x20) &- 0x61 < 26
  }
}
