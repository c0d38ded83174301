/// Why a worker's answer cannot be read.
struct PartialResultError: Error, Equatable, CustomStringConvertible {
  /// What is wrong with the bytes.
  let what: String

  init(_ what: String) { self.what = what }

  var description: String {
    "a partial result is damaged (\(what)); are all workers of the same version?"
  }
}
