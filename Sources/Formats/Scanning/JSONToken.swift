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
  var isEscaped = false
}
