import GRDB

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension Ledger {
  /// How long an access waits for another program that holds the file, in seconds.
  private static let busyTimeout: Double = 30

  /// Makes the ledger of a new run, whose first session begins now.
  ///
  /// Does not wait for the disk: ``LedgerWriter`` makes it survive loss of power in the background.
  ///
  /// - Throws: ``LedgerError``.
  package static func create(
    at path: String, _ record: RunRecord, session: SessionStart
  ) throws(LedgerError) -> Ledger {
    do {
      let ledger = Ledger(path: path, database: try connect(path, readOnly: false))
      try ledger.database.inDatabase { database in
        // Until the first transaction is there, nothing could be lost: no flush, no journal's file.
        try database.execute(sql: "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY")
        guard try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL") == "wal" else {
          throw LedgerError(
            .operating,
            "\(path): this file system cannot hold a ledger, for processes cannot share memory on it; "
              + "set MILLRACE_RUNS to a directory on a local disk")
        }
        try database.inTransaction(.exclusive) {
          try database.execute(sql: LedgerSchema.tables)
          try insert(record, into: database)
          try insert(session, into: database)
          return .commit
        }
        try database.execute(sql: "PRAGMA synchronous = NORMAL")
      }
      return ledger
    } catch {
      throw LedgerError(writing: path, error)
    }
  }

  /// Opens a ledger.
  ///
  /// - Parameter readOnly: whether nothing is to be written; works while another process writes.
  /// - Throws: ``LedgerError`` of code `incomplete` when there is no ledger yet, `damaged` when the file
  ///   is something else, `newerVersion` when this program does not know its tables.
  package convenience init(opening path: String, readOnly: Bool) throws(LedgerError) {
    // SQLite would make a missing file.
    var status = stat()
    guard stat(path, &status) == 0 else {
      guard errno == ENOENT else { throw .system("stat", errno, path: path) }
      throw .incomplete(path, "there is no such file")
    }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .damaged(path, "it is no plain file") }
    do {
      let database = try Self.connect(path, readOnly: readOnly)
      self.init(path: path, database: database)
      try database.read { try Self.check($0, path) }
    } catch {
      throw LedgerError(reading: path, error)
    }
  }

  private static func connect(_ path: String, readOnly: Bool) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.label = "ledger"
    configuration.readonly = readOnly
    configuration.foreignKeysEnabled = false
    configuration.busyMode = .timeout(busyTimeout)
    if !readOnly {
      configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = NORMAL") }
    }
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  private static func check(_ database: Database, _ path: String) throws {
    let application = try Int64.fetchOne(database, sql: "PRAGMA application_id")
    let version = try Int64.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    if application != LedgerSchema.applicationID {
      let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema")
      guard tables == 0 else {
        throw LedgerError.damaged(path, "it is a database of another program")
      }
      throw LedgerError.incomplete(path, "the file is empty")
    }
    guard version <= LedgerSchema.version else {
      throw LedgerError(
        .newerVersion,
        "\(path): the ledger has version \(version), and this millrace knows versions up to "
          + "\(LedgerSchema.version): use the newer millrace that wrote it")
    }
    guard version == LedgerSchema.version else {
      throw LedgerError.damaged(path, "it says that its version is \(version)")
    }
  }
}

extension LedgerError {
  /// The first transaction is not there.
  fileprivate static func incomplete(_ path: String, _ reason: String) -> LedgerError {
    LedgerError(
      .incomplete,
      "\(path): \(reason): the process that made the run ended before it could begin; remove the run's "
        + "directory and run the topology again")
  }
}
