import GRDB

/// The durable record of a run: one SQLite file in WAL mode.
///
/// One process writes, any number read meanwhile. Each call is a transaction of its own. Everything
/// read is checked: a damaged or foreign file ends in an error, never in a trap.
///
/// What is stored is decided by the sink's segments alone, so nothing here waits for the disk: after a
/// loss of power the ledger may lack its last moments, but it is whole.
package final class Ledger: Sendable {
  /// The file.
  package let path: String
  let database: DatabaseQueue

  init(path: String, database: DatabaseQueue) {
    self.path = path
    self.database = database
  }

  /// Closes the file. Nothing may be called afterwards, and a writer must have finished. Done by itself
  /// when the last reference goes.
  ///
  /// - Throws: ``LedgerError``.
  package func close() throws(LedgerError) {
    do {
      try database.close()
    } catch {
      throw LedgerError(reading: path, error)
    }
  }

  /// Reads within one transaction.
  func read<Value>(_ body: (Database) throws -> Value) throws(LedgerError) -> Value {
    do {
      return try database.read(body)
    } catch {
      throw LedgerError(reading: path, error)
    }
  }

  /// Writes within one transaction.
  func write<Value>(_ body: (Database) throws -> Value) throws(LedgerError) -> Value {
    do {
      return try database.write(body)
    } catch {
      throw LedgerError(writing: path, error)
    }
  }
}
