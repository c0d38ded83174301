import GRDB

extension LedgerError {
  /// Reading the ledger failed.
  init(reading path: String, _ error: any Error) {
    self.init(path, error, "cannot be read")
  }

  /// Writing the ledger failed.
  init(writing path: String, _ error: any Error) {
    self.init(path, error, "cannot be written")
  }

  /// The bytes or the tables are not those of a ledger.
  static func damaged(_ path: String, _ reason: String) -> LedgerError {
    LedgerError(
      .damaged,
      "\(path): the ledger is damaged: \(reason); put a copy of the file in its place, or remove the "
        + "run's directory and run the topology again")
  }

  private init(_ path: String, _ error: any Error, _ what: String) {
    switch error {
    case let error as LedgerError: self = error
    case let error as DatabaseError: self.init(path, error, what)
    default: self.init(.operating, "\(path): the ledger \(what): \(error)")
    }
  }

  private init(_ path: String, _ error: DatabaseError, _ what: String) {
    let reason = error.message ?? "\(error.resultCode)"
    let remedy: String
    switch error.resultCode.primaryResultCode {
    case .SQLITE_NOTADB, .SQLITE_CORRUPT, .SQLITE_FORMAT, .SQLITE_ERROR, .SQLITE_SCHEMA,
      .SQLITE_CONSTRAINT, .SQLITE_MISMATCH:
      // The statements are fixed and the tables are made with them: only a file that others changed
      // refuses them.
      self = .damaged(path, reason)
      return
    case .SQLITE_FULL: remedy = "free space"
    case .SQLITE_BUSY, .SQLITE_LOCKED: remedy = "another program holds it: end that program"
    case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH, .SQLITE_READONLY:
      remedy = "check the permissions of the file and of its directory, which must be writable"
    case .SQLITE_IOERR: remedy = "look at the system's log and at the space that is left"
    default: remedy = "look at the system's log"
    }
    self.init(.operating, "\(path): the ledger \(what): \(reason); \(remedy)")
  }
}
