/// How many queries ended how.
struct Counts: CustomStringConvertible {
  private var rows = 0
  private var failures = 0
  private var otherFailures = 0
  private var differences = 0
  private var unsupported: [String: Int] = [:]
  private var known: [String: Int] = [:]

  mutating func add(_ verdict: Verdict) {
    switch verdict {
    case .sameRows: rows += 1
    case .sameFailure: failures += 1
    case .otherFailure: otherFailures += 1
    case .unsupported(let message): unsupported[message, default: 0] += 1
    case .known(let difference): known[difference.name, default: 0] += 1
    case .differs: differences += 1
    }
  }

  var description: String {
    let refused = unsupported.values.reduce(0, +)
    let total = rows + failures + otherFailures + differences + refused + known.values.reduce(0, +)
    return """
      \(total) queries: \(rows) gave the same rows, \(failures) the same failure, \
      \(otherFailures) another row's failure, \(refused) were refused, \(differences) differ
      known differences: \(Self.listed(known, limit: 20))
      refused: \(Self.listed(unsupported, limit: 12))
      """
  }

  private static func listed(_ counts: [String: Int], limit: Int) -> String {
    let sorted = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let lines = sorted.prefix(limit).map { "\n  \($0.value) × \($0.key)" }
    return lines.isEmpty ? "none" : lines.joined()
  }
}
