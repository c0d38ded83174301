/// Why a topology or its source is rejected before anything starts: one line for each reason.
struct Rejection: Error, Sendable, CustomStringConvertible {
  /// Lines of the form `place: error: message`.
  var lines: [String]

  /// Rejects for these reasons.
  init(_ lines: [String]) {
    precondition(!lines.isEmpty)
    self.lines = lines
  }

  /// Rejects for one reason.
  init(_ line: String) { self.init([line]) }

  var description: String { lines.joined(separator: "\n") }
}
