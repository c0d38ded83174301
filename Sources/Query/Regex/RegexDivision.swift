import Columnar

/// Two halves of a match, of which the first has its way.
final class RegexDivision {
  private let first: RegexPiece
  private let second: RegexPiece
  private let inFirst: RegexDissection
  private let inSecond: RegexDissection
  private let isShortest: Bool

  init(
    first: RegexNode, _ inFirst: RegexDissection, second: RegexNode, _ inSecond: RegexDissection,
    preference: RegexNode.Preference?
  ) {
    self.first = RegexPiece(first)
    self.second = RegexPiece(second)
    self.inFirst = inFirst
    self.inSecond = inSecond
    isShortest = preference == .shortest
  }

  func note(
    _ text: StringView, _ range: Range<Int>, _ captures: inout [Range<Int>?]
  ) throws(RegexError) {
    let ends = RegexEnds(first, text, range, isShortest: isShortest)
    while let end = try ends.next() {
      guard try second.matches(text, end..<range.upperBound) else { continue }
      try inFirst.note(text, range.lowerBound..<end, &captures)
      try inSecond.note(text, end..<range.upperBound, &captures)
      return
    }
  }
}
