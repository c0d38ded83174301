import Columnar

/// Compiled patterns that may differ from row to row; keeps some of them.
final class RegexCache {
  /// Patterns kept at most.
  private static let limit = 32

  private struct Key: Hashable {
    var pattern: String
    var options: RegexOptions
  }

  private var known: [Key: RegularExpression] = [:]
  private var lastPattern: [UInt8] = []
  private var lastOptions: RegexOptions?
  private var last: RegularExpression?

  /// The expression that `pattern` is.
  ///
  /// - Throws: ``RegexError`` for what is no pattern or not supported.
  func expression(
    _ pattern: StringView, _ options: RegexOptions
  ) throws(RegexError) -> RegularExpression {
    if let last, options == lastOptions, pattern.bytes.elementsEqual(lastPattern) { return last }
    let key = Key(pattern: pattern.string, options: options)
    let expression: RegularExpression
    if let found = known[key] {
      expression = found
    } else {
      expression = try RegularExpression(key.pattern, options)
      if known.count >= Self.limit { known.removeAll() }
      known[key] = expression
    }
    lastPattern = Array(pattern.bytes)
    lastOptions = options
    last = expression
    return expression
  }
}
