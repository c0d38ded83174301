/// Reads array constants such as `{a,"b c",NULL}`.
enum ArrayText {
  /// The elements, `nil` among them for NULL; `nil` when the text is no array of one dimension.
  static func elements(_ text: String) -> [String?]? {
    var reader = Reader(scalars: Array(text.unicodeScalars))
    return reader.read()
  }

  private struct Reader {
    let scalars: [Unicode.Scalar]
    var next = 0

    mutating func read() -> [String?]? {
      skipSpace()
      guard take("{") else { return nil }
      skipSpace()
      var elements: [String?] = []
      if !take("}") {
        while true {
          guard let element = readElement() else { return nil }
          elements.append(element)
          if take("}") { break }
          guard take(",") else { return nil }
        }
      }
      skipSpace()
      return next == scalars.count ? elements : nil
    }

    /// An element and the white space around it; `nil` inside for NULL.
    private mutating func readElement() -> String?? {
      skipSpace()
      var text = String.UnicodeScalarView()
      guard take("\"") else { return readPlain() }
      while !take("\"") {
        _ = take("\\")
        guard next < scalars.count else { return nil }
        text.append(scalars[next])
        next += 1
      }
      skipSpace()
      return .some(String(text))
    }

    private mutating func readPlain() -> String?? {
      var text = String.UnicodeScalarView()
      // Characters up to the last that is no space or was escaped.
      var kept = 0
      var isPlain = true
      while next < scalars.count, scalars[next] != ",", scalars[next] != "}" {
        if scalars[next] == "{" || scalars[next] == "\"" { return nil }
        let isEscaped = take("\\")
        guard next < scalars.count else { return nil }
        text.append(scalars[next])
        if isEscaped || !Self.isSpace(scalars[next]) { kept = text.count }
        isPlain = isPlain && !isEscaped
        next += 1
      }
      guard kept > 0 else { return nil }
      let result = String(String.UnicodeScalarView(text.prefix(kept)))
      return .some(isPlain && result.uppercased() == "NULL" ? nil : result)
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
      guard next < scalars.count, scalars[next] == scalar else { return false }
      next += 1
      return true
    }

    private mutating func skipSpace() {
      while next < scalars.count, Self.isSpace(scalars[next]) { next += 1 }
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
      scalar == " " || (0x09...0x0D).contains(scalar.value)
    }
  }
}
