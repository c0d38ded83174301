import SQLLogic

/// Compares Millrace's answer with PostgreSQL's.
struct Comparison {
  typealias Outcome = Result<QueryAnswer, QueryFailure>

  let trial: Trial
  let ours: Outcome
  let theirs: Outcome

  /// The verdict; differences that are documented are not told apart from others.
  var verdict: Verdict {
    switch (ours, theirs) {
    case (.failure(let ours), .failure(let theirs))
    where FailureWords.isSame(ours.message, theirs.message):
      return .sameFailure
    case (.failure(let ours), _)
    where ours.message.contains("not supported")
      || ours.message.hasPrefix("the query does not read the input"):
      return .unsupported(ours.message)
    case (.failure(let ours), .failure(let theirs)): return compare(ours, theirs)
    case (.failure(let ours), .success(let theirs)):
      return differs(.failure, ours.message, "\(theirs.rows.count) rows")
    case (.success(let ours), .failure(let theirs)):
      return differs(.success, "\(ours.rows.count) rows", theirs.message)
    case (.success(let ours), .success(let theirs)): return compare(ours, theirs)
    }
  }

  private func compare(_ ours: QueryFailure, _ theirs: QueryFailure) -> Verdict {
    // Which row is met first, and which part of it, is nobody's promise.
    if FailureWords.isOfRow(theirs), FailureWords.isOfRow(ours.message) {
      return .otherFailure
    }
    // Which of two mistakes in a query is met first, neither.
    if ours.isRefusal, theirs.isRefusal, FailureWords.isOfRow(ours.message) {
      return .otherFailure
    }
    return differs(.message, ours.message, theirs.message)
  }

  private func compare(_ ours: QueryAnswer, _ theirs: QueryAnswer) -> Verdict {
    guard ours.names == theirs.names else {
      return differs(.names, "\(ours.names)", "\(theirs.names)")
    }
    guard ours.types == theirs.types.map({ $0 == "varchar" ? "text" : $0 }) else {
      return differs(.types, "\(ours.types)", "\(theirs.types)")
    }
    guard ours.rows.count == theirs.rows.count else {
      return differs(.values, "\(ours.rows.count) rows", "\(theirs.rows.count) rows")
    }
    let rows = RowComparison(
      types: ours.types, toleratesRounding: trial.query.sumsDoubles,
      ignoresRepresentation: trial.query.picksRepresentatives)
    if let (ours, theirs) = rows.firstDifference(ours.rows, theirs.rows) {
      return differs(.values, Self.shown(ours), Self.shown(theirs))
    }
    if trial.query.isOrdered, let (ours, theirs) = rows.firstDisorder(ours.rows, theirs.rows) {
      return differs(.order, Self.shown(ours), Self.shown(theirs))
    }
    return .sameRows
  }

  private func differs(_ kind: Difference.Kind, _ ours: String, _ theirs: String) -> Verdict {
    .differs(Difference(kind: kind, ours: ours, theirs: theirs))
  }

  /// A row as SQL might write it.
  static func shown(_ row: [String?]) -> String {
    "(" + row.map { $0.map(RandomTable.constant) ?? "NULL" }.joined(separator: ", ") + ")"
  }
}
