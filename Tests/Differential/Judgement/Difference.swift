/// A difference that is not meant to be.
struct Difference {
  /// What differs.
  enum Kind: String {
    case names, types, values, order
    /// Millrace fails, PostgreSQL does not.
    case failure
    /// PostgreSQL fails, Millrace does not.
    case success
    /// Both fail, and say something else.
    case message
  }

  var kind: Kind
  /// Millrace's part of it, in words.
  var ours: String
  /// PostgreSQL's part of it.
  var theirs: String

  /// What stays the same while a trial is made smaller: the kind and how failures begin.
  var family: [String] {
    let failures: [String] =
      switch kind {
      case .failure: [ours]
      case .success: [theirs]
      case .message: [ours, theirs]
      case .names, .types, .values, .order: []
      }
    return [kind.rawValue]
      + failures.map { $0.split(separator: " ").prefix(2).joined(separator: " ") }
  }
}
