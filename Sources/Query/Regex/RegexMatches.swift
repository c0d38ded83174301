import Columnar

/// All matches in a text, one after the other, as PostgreSQL goes through them.
struct RegexMatches {
  private let expression: RegularExpression
  private let text: StringView
  /// Leaves out empty matches at the beginning, at the end and right behind a match, which divide
  /// nothing.
  private let ignoresDegenerate: Bool
  private var start: Int
  private var previousEnd = 0

  /// - Parameter start: the byte to begin at, at most the length.
  init(
    _ expression: RegularExpression, _ text: StringView, from start: Int = 0,
    ignoresDegenerate: Bool = false
  ) {
    self.expression = expression
    self.text = text
    self.start = start
    self.ignoresDegenerate = ignoresDegenerate
  }

  /// The next match, or `nil` when there are no more.
  mutating func next() -> Range<Int>? {
    let end = Int(text.length)
    while start <= end, let match = expression.find(text, from: start) {
      let isWanted =
        !ignoresDegenerate || (match.lowerBound < end && match.upperBound > previousEnd)
      previousEnd = match.upperBound
      start = match.upperBound
      if match.isEmpty { start += start < end ? text.scalarLength(at: start) : 1 }
      if isWanted { return match }
    }
    start = end + 1
    return nil
  }
}
