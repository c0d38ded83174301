/// Why bytes are not the JSON that a record must be.
struct JSONProblem: Error {
  /// What was wrong, as a clause: "expected ':'".
  let reason: StaticString
  /// Offset of the byte at fault, counted from where the scanner counts.
  let offset: Int
}
