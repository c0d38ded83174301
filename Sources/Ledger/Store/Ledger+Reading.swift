import GRDB
import PipelineCore

extension Ledger {
  /// What the run is.
  ///
  /// - Throws: ``LedgerError``.
  package func record() throws(LedgerError) -> RunRecord {
    try read { database in
      let overrides = try rows(
        database, "SELECT text FROM override ORDER BY position"
      ) { try $0.text(0) }
      let records = try rows(
        database,
        """
        SELECT run, topology, path, workers, version, created, fingerprint, durability, plan,
          specification FROM run
        """
      ) { row in
        RunRecord(
          run: RunID(rawValue: try row.bits(0)), topology: try row.text(1), path: try row.text(2),
          overrides: overrides, workers: try row.number(3), version: try row.text(4),
          created: try row.number(5), fingerprint: try row.text(6), durability: try row.word(7),
          plan: try row.text(8), specification: try row.bytes(9))
      }
      guard let record = records.first else { throw LedgerError.damaged(path, "no run is in it") }
      return record
    }
  }

  /// How far the run is. Of a run that is `running` the lock tells whether it was interrupted.
  ///
  /// - Throws: ``LedgerError``.
  package func state() throws(LedgerError) -> RunState {
    try read { try Self.state(in: $0, path) }
  }

  /// The sessions, oldest first.
  ///
  /// - Throws: ``LedgerError``.
  package func sessions() throws(LedgerError) -> [RunSession] {
    try read { database in
      try rows(
        database,
        """
        SELECT number, pid, host, started, outcome.session, state, at, message, json
        FROM session LEFT JOIN outcome ON outcome.session = number ORDER BY number
        """
      ) { row in
        let outcome: RunOutcome? =
          row.isNull(4) ? nil : try Self.outcome(row, from: 5)
        return RunSession(
          number: try row.number(0),
          start: SessionStart(
            processID: try row.number(1), host: try row.text(2), at: try row.number(3)),
          outcome: outcome)
      }
    }
  }

  /// The partitions in quarantine, ascending.
  ///
  /// - Throws: ``LedgerError``.
  package func quarantined() throws(LedgerError) -> [QuarantineRecord] {
    try read { database in
      try rows(
        database,
        """
        SELECT stage, partition, attempts, kind, message, file, offset, field, at, bytes, slice
        FROM quarantined ORDER BY stage, partition
        """
      ) { row in
        guard let kind = Failure.Kind(rawValue: try row.number(3)) else {
          throw row.contradiction("a partition is in quarantine for a reason that does not exist")
        }
        let failure = Failure(
          kind, try row.text(4), file: try row.number(5), offset: try row.number(6),
          field: try row.number(7))
        guard let slice = QuarantineRecord.Slice(text: try row.text(10)) else {
          throw row.contradiction("a partition in quarantine is no part of a source")
        }
        return QuarantineRecord(
          Quarantined(
            partition: PartitionID(stage: try row.number(0), index: try row.number(1)),
            attempts: try row.number(2), failure: failure),
          at: try row.number(8), bytes: try row.optionalText(9), slice: slice)
      }
    }
  }

  static func state(in database: Database, _ path: String) throws -> RunState {
    guard let row = try Row.fetchOne(database, sql: "SELECT state FROM run") else {
      throw LedgerError.damaged(path, "no run is in it")
    }
    return try LedgerRow(row, path: path).word(0)
  }

  /// All rows of a query.
  func rows<Value>(
    _ database: Database, _ sql: String, _ arguments: StatementArguments = StatementArguments(),
    _ make: (LedgerRow) throws -> Value
  ) throws -> [Value] {
    var values: [Value] = []
    let cursor = try Row.fetchCursor(database, sql: sql, arguments: arguments)
    while let row = try cursor.next() { values.append(try make(LedgerRow(row, path: path))) }
    return values
  }

  private static func outcome(_ row: LedgerRow, from column: Int) throws -> RunOutcome {
    let state = try row.word(column, as: RunState.self)
    guard state != .running else { throw row.contradiction("a session ended in state running") }
    return RunOutcome(
      state, at: try row.number(column + 1), message: try row.optionalText(column + 2),
      json: try row.optionalText(column + 3))
  }
}
