import Foundation
import GRDB
import PipelineCore

extension Ledger {
  /// A process begins to carry the run out again: the run's state becomes `running`. The caller holds
  /// the run's lock.
  ///
  /// - Returns: the session's number.
  /// - Throws: ``LedgerError`` of code `wrongState` when the run has finished.
  package func beginSession(_ session: SessionStart) throws(LedgerError) -> Int64 {
    try write { database in
      guard try Self.state(in: database, path) != .finished else {
        throw LedgerError(
          .wrongState,
          "\(path): the run has finished, so there is nothing to go on with; run the topology again "
            + "for a new run")
      }
      try database.execute(sql: "UPDATE run SET state = ?", arguments: [RunState.running.rawValue])
      return try Self.insert(session, into: database)
    }
  }

  /// Notes how a session ended; part of a transaction.
  ///
  /// - Throws: ``LedgerError`` of code `wrongState` when the session has ended before.
  func end(_ session: Int64, _ outcome: RunOutcome, in database: Database) throws {
    guard try Self.state(in: database, path) == .running else {
      throw LedgerError(.wrongState, "\(path): session \(session) of the run has ended before")
    }
    try database.execute(
      sql: "INSERT INTO outcome (session, state, at, message, json) VALUES (?, ?, ?, ?, ?)",
      arguments: [session, outcome.state.rawValue, outcome.at, outcome.message, outcome.json])
    try database.execute(sql: "UPDATE run SET state = ?", arguments: [outcome.state.rawValue])
  }

  static func insert(_ record: RunRecord, into database: Database) throws {
    try database.execute(
      sql: """
        INSERT INTO run (one, run, topology, path, workers, version, created, fingerprint, durability,
          plan, specification, state) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        Int64(bitPattern: record.run.rawValue), record.topology, record.path, record.workers,
        record.version, record.created, record.fingerprint, record.durability.rawValue, record.plan,
        Data(record.specification), RunState.running.rawValue,
      ])
    for (position, text) in record.overrides.enumerated() {
      try database.execute(
        sql: "INSERT INTO override (position, text) VALUES (?, ?)", arguments: [position, text])
    }
  }

  @discardableResult
  static func insert(_ session: SessionStart, into database: Database) throws -> Int64 {
    try database.execute(
      sql: "INSERT INTO session (pid, host, started) VALUES (?, ?, ?)",
      arguments: [session.processID, session.host, session.at])
    return database.lastInsertedRowID
  }
}
