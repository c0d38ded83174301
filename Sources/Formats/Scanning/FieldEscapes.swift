/// How a format writes what a field cannot hold as it is.
package enum FieldEscapes: Sendable {
  /// Nothing is escaped.
  case none
  /// A quote is doubled.
  case doubled(quote: UInt8)
  /// As in JSON strings.
  case json

  /// Writes the text of an escaped field to `target`, which has room for `count` bytes, and answers
  /// how many it wrote.
  func unescape(
    _ start: UnsafePointer<UInt8>, count: Int, to target: UnsafeMutablePointer<UInt8>
  ) -> Int {
    switch self {
    case .none:
      target.update(from: start, count: count)
      return count
    case .json: return JSONEscape.unescape(start, count: count, to: target)
    case .doubled(let quote): return Self.undouble(quote, start, count: count, to: target)
    }
  }

  private static func undouble(
    _ quote: UInt8, _ start: UnsafePointer<UInt8>, count: Int,
    to target: UnsafeMutablePointer<UInt8>
  ) -> Int {
    var read = 0
    var written = 0
    while read < count {
      let found = WordSearch.first(quote, in: start, from: read, to: count)
      // The first quote of a pair is taken along, the second left out.
      let length = min(found + 1, count) - read
      (target + written).update(from: start + read, count: length)
      written += length
      read = found + 2
    }
    return written
  }
}
