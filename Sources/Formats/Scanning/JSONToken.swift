/// A value within JSON text.
struct JSONToken {
  /// What kind of value this is.
  enum Kind: UInt8 {
    case null, boolean, number, string, container
  }

  /// The kind.
  var kind: Kind
  /// The value's bytes; for a string those between its quotes.
  var range: Range<Int>
  /// Whether a string holds escapes.
  var isEscaped: Bool

  /// A value in the bytes from `start` up to `end`, which is not below.
  @inline(__always)
  init(kind: Kind, from start: Int, to end: Int, isEscaped: Bool = false) {
    self.kind = kind
    range = Range(uncheckedBounds: (start, end))
    self.isEscaped = isEscaped
  }
}
