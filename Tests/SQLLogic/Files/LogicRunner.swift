/// Runs the records of a file.
package struct LogicRunner {
  private let engine: any LogicEngine
  /// What differs from what the file demands, by line.
  package private(set) var problems: [LogicFileError] = []
  /// What the queries gave, by the lines that hold what was expected, in order.
  package private(set) var answers: [(lines: Range<Int>, written: [String])] = []
  private var hashThreshold = 0

  package init(_ engine: any LogicEngine) { self.engine = engine }

  /// Runs all records that the engine is not to leave out.
  package mutating func run(_ file: LogicFile) {
    for record in file.records where record.isFor(engine.systems) {
      if let problem = run(record) {
        problems.append(
          LogicFileError(line: record.line, message: "\(problem)\nin: \(record.sql)"))
      }
    }
  }

  /// What is wrong, or `nil` when the record's demand is met.
  private mutating func run(_ record: LogicRecord) -> String? {
    switch record.kind {
    case .hashThreshold(let threshold):
      hashThreshold = threshold
      return nil
    case .statement: return failure(record.sql).map { "fails: \($0.message)" }
    case .failure(let message):
      guard let failure = failure(record.sql) else { return "works, and should fail" }
      return failure.message.contains(message)
        ? nil : "fails with: \(failure.message)\ninstead of: \(message)"
    case .query(let types, let sort, let expected):
      do throws(QueryFailure) {
        return compare(
          try engine.answer(to: record.sql), types, sort, expected, at: record.expectedLines)
      } catch {
        return "fails: \(error.message)"
      }
    }
  }

  private mutating func compare(
    _ answer: QueryAnswer, _ types: [Character], _ sort: LogicRecord.Sort, _ expected: [String],
    at lines: Range<Int>
  ) -> String? {
    guard answer.types.count == types.count else {
      return "has \(answer.types.count) columns, and should have \(types.count)"
    }
    let result = ResultLines(answer, types: types, sort: sort)
    let isGiven = result.isGiven(by: expected)
    answers.append((lines, isGiven ? expected : result.written(hashThreshold: hashThreshold)))
    if isGiven { return nil }
    return "gives:\n\(result.written(hashThreshold: 0).prefix(40).joined(separator: "\n"))\n"
      + "instead of:\n\(expected.prefix(40).joined(separator: "\n"))"
  }

  /// Why a statement or query fails, or `nil` when it works.
  private func failure(_ sql: String) -> QueryFailure? {
    do throws(QueryFailure) {
      if SQLTokens(sql).first?.isWord("select", "with", "values") == true {
        _ = try engine.answer(to: sql)
      } else {
        try engine.execute(sql)
      }
      return nil
    } catch {
      return error
    }
  }
}
