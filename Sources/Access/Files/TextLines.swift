/// Lines of a small text file.
enum TextLines {
  /// The lines that say something, with their numbers from 1; comments and blank lines do not.
  /// Bytes that are no UTF-8 become a replacement character, which no field takes.
  static func significant(_ bytes: [UInt8]) -> [(number: Int, text: Substring)] {
    String(decoding: bytes, as: UTF8.self)
      .split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
      .enumerated()
      .map { ($0.offset + 1, $0.element) }
      .filter { line in
        let text = trimmed(line.1)
        return !text.isEmpty && !text.hasPrefix("#")
      }
  }

  /// The text without spaces and tabs at its ends.
  static func trimmed(_ text: Substring) -> String {
    let isBlank = { (character: Character) in character == " " || character == "\t" }
    var rest = text.drop(while: isBlank)
    while let last = rest.last, isBlank(last) { rest.removeLast() }
    return String(rest)
  }
}
