import Columnar

/// Matches texts with patterns that may differ from row to row, and keeps the last one compiled.
final class LikeMatcher {
  private let ignoresCase: Bool
  private let arena = ByteArena()
  private var last: LikePattern?
  private var pattern: [UInt8] = []
  private var escape: [UInt8] = []
  private static let backslash = [UInt8(ascii: "\\")]

  init(ignoresCase: Bool) { self.ignoresCase = ignoresCase }

  /// Whether `pattern` describes `text`; without `escape` the escape character is a backslash.
  ///
  /// - Throws: ``EvaluationError`` for a pattern or an escape that is not one.
  func matches(
    _ text: StringView, pattern: StringView, escape: StringView?
  ) throws(EvaluationError) -> Bool {
    let like = try compiled(pattern, escape)
    guard ignoresCase else { return like.matches(text) }
    arena.removeAll()
    return like.matches(TextCase.lower.apply(text, arena))
  }

  /// The pattern, compiled; in lower case when case is ignored.
  func compiled(
    _ pattern: StringView, _ escape: StringView?
  ) throws(EvaluationError) -> LikePattern {
    if let last, pattern.bytes.elementsEqual(self.pattern),
      escape.map({ $0.bytes.elementsEqual(self.escape) }) ?? (self.escape == Self.backslash)
    {
      return last
    }
    let character = escape.map { Array($0.bytes) } ?? Self.backslash
    if let escape, escape.scalarCount > 1 {
      throw EvaluationError(
        row: 0, "invalid escape string: the escape must be empty or one character")
    }
    arena.removeAll()
    let folded = ignoresCase ? TextCase.lower.apply(pattern, arena) : pattern
    let made = try LikePattern(folded, escape: character)
    last = made
    self.pattern = Array(pattern.bytes)
    self.escape = character
    return made
  }
}
