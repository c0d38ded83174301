/// A promise that was broken, or a trial that could not be carried out.
struct TrialFailure: Error, CustomStringConvertible {
  /// What happened, and where to look.
  let description: String

  init(_ description: String) { self.description = description }
}
