import SQLLogic

/// A difference as it is shown: all that is needed to see it again.
struct DifferenceReport: CustomStringConvertible {
  let trial: Trial
  let difference: Difference
  let ours: Comparison.Outcome
  let theirs: Comparison.Outcome

  /// What is typical of the difference: its kind and the query without numbers and constants.
  var signature: String {
    var result = difference.kind.rawValue
    var isQuoted = false
    for byte in trial.query.sql.utf8 {
      if byte == UInt8(ascii: "'") {
        isQuoted.toggle()
      } else if !isQuoted, !(byte >= 0x30 && byte <= 0x39), byte != UInt8(ascii: "-") {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      }
    }
    for column in trial.tables.tables.values.flatMap(\.columns) {
      result = result.split(separator: RandomTable.quoted(column.name)).joined(separator: "@")
    }
    return result
  }

  var description: String {
    let format = trial.readsJSON ? "JSON Lines" : "CSV"
    return """
      \(difference.kind.rawValue)
      \(trial.reproduction)
      Millrace, \(trial.partitions) partitions of \(format): \(Self.shown(ours))
      PostgreSQL: \(Self.shown(theirs))
      differ in: \(difference.ours)
        instead: \(difference.theirs)
      """
  }

  private static func shown(_ outcome: Comparison.Outcome) -> String {
    switch outcome {
    case .failure(let failure): return "error: \(failure.message)"
    case .success(let answer):
      let columns = zip(answer.names, answer.types).map { "\($0) \($1)" }.joined(separator: ", ")
      let rows = answer.rows.prefix(8).map { "\n    " + Comparison.shown($0) }.joined()
      return "\(columns); \(answer.rows.count) rows\(rows)\(answer.rows.count > 8 ? "\n    …" : "")"
    }
  }
}
