import Columnar

/// The places where matches of a piece from one place on end, in the order of preference.
final class RegexEnds {
  private let piece: RegexPiece
  private let text: StringView
  private let start: Int
  private let isShortest: Bool
  /// The first and last place that is left.
  private var low: Int
  private var high: Int

  /// The ends in `range` of matches that begin where it does.
  ///
  /// - Parameter minimum: the first place to consider, the beginning if `nil`.
  init(
    _ piece: RegexPiece, _ text: StringView, _ range: Range<Int>, isShortest: Bool,
    minimum: Int? = nil
  ) {
    self.piece = piece
    self.text = text
    self.isShortest = isShortest
    start = range.lowerBound
    low = minimum ?? range.lowerBound
    high = range.upperBound
  }

  /// The next end, or `nil` when there are no more.
  func next() throws(RegexError) -> Int? {
    guard isShortest else {
      guard high >= low, let end = try piece.longest(text, start..<high), end >= low else {
        return nil
      }
      high = end - 1
      return end
    }
    while low <= high {
      let end = low
      low += end < high ? text.scalarLength(at: end) : 1
      if try piece.matches(text, start..<end) { return end }
    }
    return nil
  }
}
