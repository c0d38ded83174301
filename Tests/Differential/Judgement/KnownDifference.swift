import SQLLogic

/// A difference from PostgreSQL that is meant to be, and documented.
struct KnownDifference: Sendable {
  /// Its name in the tester's counts.
  var name: String
  /// Why it is.
  var reason: String
  /// Whether a difference is this one.
  var covers:
    @Sendable (Trial, Difference, _ ours: Comparison.Outcome, _ theirs: Comparison.Outcome) -> Bool

  /// The first that covers a difference.
  static func covering(
    _ difference: Difference, _ trial: Trial, _ ours: Comparison.Outcome,
    _ theirs: Comparison.Outcome
  ) -> KnownDifference? {
    all.first { $0.covers(trial, difference, ours, theirs) }
  }
}
