import SQLLogic

/// Puts trials before both engines.
final class Judge {
  private let connection: PostgreSQLConnection
  /// What PostgreSQL's tables hold.
  private var made: [String: QueryTable] = [:]

  init(_ connection: PostgreSQLConnection) { self.connection = connection }

  /// The verdict with both answers.
  func judge(_ trial: Trial) throws -> (
    verdict: Verdict, ours: Comparison.Outcome, theirs: Comparison.Outcome
  ) {
    for (name, table) in trial.tables.tables where made[name] != table {
      try connection.execute(trial.tables.statements(name))
      made[name] = table
    }
    CrashReport.announce(trial)
    // Both work at the same time.
    try connection.begin(trial.query.sql)
    let ours = trial.answer()
    let theirs = try connection.answer()
    var comparison = Comparison(trial: trial, ours: ours, theirs: theirs)
    if case .differs = comparison.verdict, trial.query.sumsDoubles, trial.partitions > 1 {
      // Sums of doubles depend on the order; that of one partition is PostgreSQL's.
      comparison = Comparison(
        trial: trial, ours: trial.inOnePartition.answer(), theirs: theirs)
    }
    if case .differs(let difference) = comparison.verdict,
      let known = KnownDifference.covering(difference, trial, comparison.ours, theirs)
    {
      return (.known(known), comparison.ours, theirs)
    }
    return (comparison.verdict, comparison.ours, theirs)
  }
}
