import GRDB

extension Ledger {
  /// Makes what is recorded so far, and the run's directory itself, survive loss of power.
  ///
  /// - Throws: ``LedgerError``.
  func settle() throws(LedgerError) {
    do {
      // In this mode a checkpoint is what flushes; it does not wait for those who read.
      try database.writeWithoutTransaction { database in
        try database.execute(sql: "PRAGMA wal_checkpoint(PASSIVE)")
      }
    } catch {
      throw LedgerError(writing: path, error)
    }
    let directory = Directory.parent(of: path)
    try Directory.flush(directory)
    try Directory.flush(Directory.parent(of: directory))
  }
}
