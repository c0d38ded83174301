import Columnar

/// An optional or repeated piece with parentheses in it, of which the last round's captures count.
final class RegexLoop {
  private let inner: RegexNode
  private let piece: RegexPiece
  private let inside: RegexDissection
  private let maximum: Int?
  private let isShortest: Bool
  /// What may follow a round, by the number of rounds that are left; 0 where there is no limit.
  private var rests: [Int: RegexPiece] = [:]

  /// A loop whose direction is its piece's own preference, as in PostgreSQL.
  init(_ inner: RegexNode, maximum: Int?) {
    self.inner = inner
    self.maximum = maximum
    piece = RegexPiece(inner)
    inside = RegexDissection(inner)
    isShortest = inner.preference == .shortest
  }

  func note(
    _ text: StringView, _ range: Range<Int>, _ captures: inout [Range<Int>?]
  ) throws(RegexError) {
    if range.isEmpty {
      // No round is enough; PostgreSQL makes one all the same where longest matches come first.
      if !isShortest, try piece.matches(text, range) { try inside.note(text, range, &captures) }
      return
    }
    var start = range.lowerBound
    var rounds = 0
    while start < range.upperBound {
      rounds += 1
      guard let end = try roundEnd(text, start..<range.upperBound, rounds) else { return }
      if end == range.upperBound { return try inside.note(text, start..<end, &captures) }
      start = end
    }
  }

  /// The end of one round, not empty, behind which others can reach the end.
  private func roundEnd(
    _ text: StringView, _ range: Range<Int>, _ rounds: Int
  ) throws(RegexError) -> Int? {
    let ends = RegexEnds(
      piece, text, range, isShortest: isShortest, minimum: range.lowerBound + 1)
    while let end = try ends.next() {
      if try rest(after: rounds).matches(text, end..<range.upperBound) { return end }
    }
    return nil
  }

  private func rest(after rounds: Int) -> RegexPiece {
    let left = maximum.map { $0 - rounds }
    if let known = rests[left ?? 0] { return known }
    let made = RegexPiece(
      left == 0
        ? .empty : .repeated(inner, minimum: 0, maximum: left, preference: .longest))
    rests[left ?? 0] = made
    return made
  }
}
