import GRDB

extension Ledger {
  /// Makes the run's directory itself, and what is recorded so far, survive loss of power.
  ///
  /// - Throws: ``LedgerError``, also when another program reads the file without end.
  func settle() throws(LedgerError) {
    let directory = Directory.parent(of: path)
    try Directory.flush(directory)
    try Directory.flush(Directory.parent(of: directory))
    do {
      // In this mode of the file a checkpoint is what flushes.
      try database.writeWithoutTransaction { database in
        // The first does not wait for those who read; they may keep a part of the log from it.
        if try Self.checkpoint("PASSIVE", database) { return }
        if try Self.checkpoint("FULL", database) { return }
        throw LedgerError(
          .operating,
          "\(path): the ledger cannot be made to survive loss of power: another program keeps "
            + "reading it; end that program")
      }
    } catch {
      throw LedgerError(writing: path, error)
    }
  }

  /// Brings the log into the file.
  ///
  /// - Returns: whether nothing of the log is left out.
  private static func checkpoint(_ mode: String, _ database: Database) throws -> Bool {
    guard let row = try Row.fetchOne(database, sql: "PRAGMA wal_checkpoint(\(mode))") else {
      return false
    }
    let (busy, frames, done): (Int, Int, Int) = (row[0], row[1], row[2])
    return busy == 0 && frames == done
  }
}
