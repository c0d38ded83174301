/// Patterns of SIMILAR TO as regular expressions: PostgreSQL's `similar_to_escape`.
enum SimilarPattern {
  /// The regular expression for `pattern`.
  ///
  /// - Parameter escape: the escape character; empty for none.
  static func regularExpression(
    _ pattern: String, escape: String
  ) throws(RegexError) -> String {
    guard escape.unicodeScalars.count <= 1 else {
      throw RegexError("invalid escape string: the escape must be empty or one character")
    }
    let escape = escape.unicodeScalars.first
    var result = "^(?:"
    var isEscaped = false
    var isInBracket = false
    var quotes = 0
    for scalar in pattern.unicodeScalars {
      if isEscaped {
        isEscaped = false
        guard scalar == "\"", !isInBracket else {
          result += "\\\(scalar)"
          continue
        }
        switch quotes {
        case 0: result += "){1,1}?("
        case 1: result += "){1,1}(?:"
        default:
          throw RegexError(
            "SQL regular expression may not contain more than two escape-double-quote separators")
        }
        quotes += 1
      } else if scalar == escape {
        isEscaped = true
      } else if isInBracket {
        result += scalar == "\\" ? "\\\\" : String(scalar)
        isInBracket = scalar != "]"
      } else {
        isInBracket = scalar == "["
        result += plain(scalar)
      }
    }
    return result + ")$"
  }

  private static func plain(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "%": ".*"
    case "_": "."
    case "(": "(?:"
    case "\\", ".", "^", "$": "\\\(scalar)"
    default: String(scalar)
    }
  }
}
