/// What comes of comparing two answers.
enum Verdict {
  /// Both gave the same rows.
  case sameRows
  /// Both failed, and say the same.
  case sameFailure
  /// Both failed on a row, each on another one or another part of it.
  case otherFailure
  /// Millrace refuses the query by name.
  case unsupported(String)
  /// The answers differ as the documentation says.
  case known(KnownDifference)
  /// The answers differ.
  case differs(Difference)
}
