/// How a pattern is read and what it is matched with: the letters of PostgreSQL's flags.
struct RegexOptions: Hashable, Sendable {
  /// `i`
  var ignoresCase = false
  /// `n`, `m`, `p`: `.` and complemented sets match no newline.
  var stopsAtNewlines = false
  /// `n`, `m`, `w`: `^` and `$` match at lines too.
  var anchorsAtLines = false
  /// `x`: white space and comments in the pattern mean nothing.
  var isExpanded = false
  /// `q`: the pattern is plain text.
  var isLiteral = false
  /// `g`, which is the caller's business: all matches, not only the first.
  var isGlobal = false

  /// Applies one letter of flags or of embedded options.
  ///
  /// - Returns: whether the letter is an option.
  mutating func apply(_ letter: Unicode.Scalar) throws(RegexError) -> Bool {
    switch letter {
    case "i": ignoresCase = true
    case "c": ignoresCase = false
    case "m", "n": (stopsAtNewlines, anchorsAtLines) = (true, true)
    case "p": (stopsAtNewlines, anchorsAtLines) = (true, false)
    case "w": (stopsAtNewlines, anchorsAtLines) = (false, true)
    case "s": (stopsAtNewlines, anchorsAtLines) = (false, false)
    case "x": isExpanded = true
    case "t": isExpanded = false
    case "q": isLiteral = true
    case "b": throw RegexError(unsupported: "basic regular expressions (option b) are")
    case "e": throw RegexError(unsupported: "extended regular expressions (option e) are")
    default: return false
    }
    return true
  }

  /// Reads a flags argument.
  init(flags: String) throws(RegexError) {
    for letter in flags.unicodeScalars {
      if letter == "g" {
        isGlobal = true
      } else if try !apply(letter) {
        throw RegexError("invalid regular expression option: \"\(letter)\"")
      }
    }
  }

  init() {}
}
