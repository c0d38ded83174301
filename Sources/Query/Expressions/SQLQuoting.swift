/// Values as they are written in SQL, in PostgreSQL's way.
enum SQLQuoting {
  /// A name, in quotes where it needs them.
  static func identifier(_ name: String) -> String {
    let scalars = name.unicodeScalars
    let isPlain =
      scalars.first.map { ("a"..."z").contains($0) || $0 == "_" } == true
      && scalars.allSatisfy {
        ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "_"
      }
    if isPlain, !ReservedWords.contains(name) { return name }
    return "\"" + doubled(name, "\"") + "\""
  }

  /// A text constant.
  static func literal(_ text: String) -> String {
    let hasBackslash = text.unicodeScalars.contains("\\")
    let quoted = "'" + doubled(doubled(text, "'"), "\\") + "'"
    return hasBackslash ? "E" + quoted : quoted
  }

  private static func doubled(_ text: String, _ mark: Unicode.Scalar) -> String {
    guard text.unicodeScalars.contains(mark) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar == mark { result.append(scalar) }
      result.append(scalar)
    }
    return String(result)
  }
}
