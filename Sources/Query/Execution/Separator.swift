import Columnar

/// What stands between the pieces that a text is taken apart into.
final class Separator {
  private enum Kind {
    /// A text; none when it is empty.
    case text(StringView)
    case pattern(RegularExpression)
  }

  private let kind: Kind
  private let arena = ByteArena()
  private var matches: RegexMatches?

  /// - Throws: ``SQLError`` for a pattern that is none.
  init(_ kind: Expansion.Kind) throws(SQLError) {
    switch kind {
    case .split(let text): self.kind = .text(arena.copy(text))
    case .splitByPattern(let pattern, let flags):
      do throws(RegexError) {
        self.kind = .pattern(try RegularExpression(pattern, splitting: flags))
      } catch {
        throw SQLError(position: nil, error.message)
      }
    }
  }

  /// Whether matches of a pattern separate, so that an empty text is a piece too.
  var isPattern: Bool { if case .pattern = kind { true } else { false } }

  /// The one byte that separates, where it is one.
  var byte: UInt8? {
    guard case .text(let text) = kind, text.length == 1 else { return nil }
    return text.start[0]
  }

  /// Begins with a text, which stays valid until the next.
  func begin(_ text: StringView) {
    guard case .pattern(let expression) = kind else { return }
    matches = RegexMatches(expression, text, ignoresDegenerate: true)
  }

  /// The next separator, at or behind `offset`, where the last one ended.
  func next(in text: StringView, from offset: Int) -> Range<Int>? {
    switch kind {
    case .text(let separator):
      guard separator.length > 0 else { return nil }
      return text.firstOffset(of: separator, from: offset).map { $0..<$0 + Int(separator.length) }
    case .pattern: return matches?.next()
    }
  }
}
