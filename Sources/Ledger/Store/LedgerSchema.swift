/// The tables of a ledger.
///
/// Numbers of 64 bits without a sign are kept as the signed number of the same bits; times are
/// milliseconds since 1970.
enum LedgerSchema {
  /// Stands in the file as `application_id`: "MLRC".
  static let applicationID: Int64 = 0x4D4C_5243
  /// Stands in the file as `user_version`. Raised with each change of the tables.
  static let version: Int64 = 1

  static let tables = """
    PRAGMA application_id = \(applicationID);
    PRAGMA user_version = \(version);
    CREATE TABLE run (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      run INTEGER NOT NULL,
      topology TEXT NOT NULL,
      path TEXT NOT NULL,
      workers INTEGER NOT NULL,
      version TEXT NOT NULL,
      created INTEGER NOT NULL,
      fingerprint TEXT NOT NULL,
      durability TEXT NOT NULL,
      plan TEXT NOT NULL,
      specification BLOB NOT NULL,
      state TEXT NOT NULL
    ) STRICT;
    CREATE TABLE override (
      position INTEGER PRIMARY KEY,
      text TEXT NOT NULL
    ) STRICT;
    CREATE TABLE session (
      number INTEGER PRIMARY KEY,
      pid INTEGER NOT NULL,
      host TEXT NOT NULL,
      started INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE outcome (
      session INTEGER PRIMARY KEY,
      state TEXT NOT NULL,
      at INTEGER NOT NULL,
      message TEXT,
      json TEXT
    ) STRICT;
    CREATE TABLE stored (
      stage INTEGER NOT NULL,
      first INTEGER NOT NULL,
      last INTEGER NOT NULL CHECK (last >= first),
      digest INTEGER NOT NULL,
      PRIMARY KEY (stage, first)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE event (
      number INTEGER PRIMARY KEY,
      session INTEGER NOT NULL,
      at INTEGER NOT NULL,
      kind TEXT NOT NULL,
      node INTEGER,
      stage INTEGER,
      partition INTEGER,
      json TEXT NOT NULL
    ) STRICT;
    CREATE TABLE quarantined (
      stage INTEGER NOT NULL,
      partition INTEGER NOT NULL,
      attempts INTEGER NOT NULL,
      kind INTEGER NOT NULL,
      message TEXT NOT NULL,
      file INTEGER NOT NULL,
      offset INTEGER NOT NULL,
      field INTEGER NOT NULL,
      at INTEGER NOT NULL,
      bytes TEXT,
      slice TEXT NOT NULL,
      PRIMARY KEY (stage, partition)
    ) STRICT, WITHOUT ROWID;
    """
}
