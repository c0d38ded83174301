import Foundation
import GRDB
import Testing

@testable import Ledger

struct DamagedLedgerTests {
  /// What may be found in place of a ledger.
  enum Find: String, CaseIterable {
    case missing, empty, garbage, text, truncated, halfHeader, otherProgram, oldVersion, directory

    var code: LedgerError.Code {
      switch self {
      case .missing, .empty: .incomplete
      default: .damaged
      }
    }

    func put(at path: String) throws {
      let files = FileManager.default
      let bytes = files.contents(atPath: path) ?? Data()
      switch self {
      case .missing: try files.removeItem(atPath: path)
      case .empty: try Data().write(to: URL(fileURLWithPath: path))
      case .garbage:
        var random = SplitMix64(seed: 1)
        let garbage = Data((0..<50_000).map { _ in UInt8.random(in: 0...255, using: &random) })
        try garbage.write(to: URL(fileURLWithPath: path))
      case .text: try Data("these are no tables\n".utf8).write(to: URL(fileURLWithPath: path))
      case .truncated: try bytes.prefix(5000).write(to: URL(fileURLWithPath: path))
      case .halfHeader: try bytes.prefix(60).write(to: URL(fileURLWithPath: path))
      case .otherProgram: try alter(path, "PRAGMA application_id = 7")
      case .oldVersion: try alter(path, "PRAGMA user_version = 0")
      case .directory:
        try files.removeItem(atPath: path)
        try files.createDirectory(atPath: path, withIntermediateDirectories: false)
      }
    }
  }

  @Test(arguments: Find.allCases, [true, false])
  func isRefusedInWords(_ find: Find, readOnly: Bool) throws {
    let workspace = try Workspace()
    try workspace.ledger().close()
    let path = workspace.path + "/ledger.sqlite"
    try find.put(at: path)
    let error = try #require(throws: LedgerError.self) {
      let ledger = try Ledger(opening: path, readOnly: readOnly)
      _ = try ledger.record()
    }
    #expect(error.code == find.code, "\(error)")
    #expect(error.message.hasPrefix(path + ": "))
    #expect(error.message.contains("; "), "what to do is missing: \(error)")
  }

  @Test func nothingIsMadeWhereNothingIs() throws {
    let workspace = try Workspace()
    let path = workspace.path + "/ledger.sqlite"
    #expect(throws: LedgerError.self) { try Ledger(opening: path, readOnly: false) }
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test(arguments: [true, false])
  func aNewerVersionIsRefusedWithBothVersions(readOnly: Bool) throws {
    let workspace = try Workspace()
    try workspace.ledger().close()
    let path = workspace.path + "/ledger.sqlite"
    try alter(path, "PRAGMA user_version = 9")
    let error = try #require(throws: LedgerError.self) {
      try Ledger(opening: path, readOnly: readOnly)
    }
    #expect(error.code == .newerVersion)
    #expect(
      error.message
        == "\(path): the ledger has version 9, and this millrace knows versions up to 1: use the newer "
        + "millrace that wrote it")
  }

  /// Changes that keep the file a sound database, and the tables what they are called.
  @Test(arguments: [
    "DELETE FROM run", "UPDATE run SET state = 'walking'", "UPDATE run SET durability = ''",
    "UPDATE session SET pid = 1 << 40", "DROP TABLE event", "DROP TABLE run",
    "ALTER TABLE stored RENAME COLUMN digest TO d",
    "INSERT INTO stored VALUES (0, 5, 9, 0), (0, 9, 12, 0)",
    "INSERT INTO stored VALUES (0, -1, 9, 0)", "INSERT INTO stored VALUES (1 << 32, 0, 9, 0)",
    "INSERT INTO event VALUES (1, 1, 1, 'lost', 1, NULL, 5, '{}')",
    "INSERT INTO event VALUES (1, 1, 1, 'lost', 1, 0, -5, '{}')",
    "INSERT INTO quarantined VALUES (0, 1, 4, 99, '', -1, -1, 0, 1, NULL, 'file 0 0 1 0000000000000000')",
    "INSERT INTO quarantined VALUES (0, 1, 70000, 1, '', -1, -1, 0, 1, NULL, 'file 0 0 1 0000000000000000')",
    "INSERT INTO quarantined VALUES (0, 1, 4, 1, '', -1, -1, 0, 1, NULL, 'file 0 0 1')",
    "INSERT INTO outcome VALUES (1, 'running', 1, NULL, NULL)",
    "DROP TABLE session; CREATE TABLE session (number, pid, host, started); "
      + "INSERT INTO session VALUES ('one', x'00', 5, NULL)",
    "DROP TABLE run; CREATE VIEW run AS SELECT 1 AS run",
  ])
  func changedTablesAreFound(_ change: String) throws {
    let workspace = try Workspace()
    try workspace.ledger().close()
    try alter(workspace.path + "/ledger.sqlite", change)
    let ledger = try workspace.reopened()
    let errors = [
      try attempt { _ = try ledger.record() },
      try attempt { _ = try ledger.state() },
      try attempt { _ = try ledger.sessions() },
      try attempt { _ = try ledger.stored() },
      try attempt { _ = try ledger.storedCount() },
      try attempt { _ = try ledger.events() },
      try attempt { _ = try ledger.quarantined() },
    ].compactMap(\.self)
    #expect(!errors.isEmpty)
    for error in errors { #expect(error.code == .damaged, "\(error)") }
  }

  /// Bytes that are changed anywhere end in an error or in what was recorded, never in a trap.
  @Test(arguments: 0..<60 as Range<UInt64>)
  func changedBytesNeverTrap(seed: UInt64) throws {
    let workspace = try Workspace()
    let made = try workspace.ledger()
    let writer = try LedgerWriter(made, session: 1) { _ in }
    for number in 0..<200 { writer.post(.sample(number)) }
    writer.post(stage: 0, stored: results(stride(from: 0, to: 400, by: 2)))
    try writer.finish(RunOutcome(.failed, at: 1))
    try made.close()

    let path = workspace.path + "/ledger.sqlite"
    var bytes = try #require(FileManager.default.contents(atPath: path))
    var random = SplitMix64(seed: seed)
    for _ in 0..<Int.random(in: 1...40, using: &random) {
      bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
    }
    try bytes.write(to: URL(fileURLWithPath: path))
    try attempt {
      let ledger = try workspace.reopened(readOnly: seed.isMultiple(of: 2))
      try attempt { _ = try ledger.record() }
      try attempt { _ = try ledger.sessions() }
      try attempt { _ = try ledger.stored() }
      try attempt { _ = try ledger.events() }
      let session = try ledger.beginSession(.sample())
      let writer = try LedgerWriter(ledger, session: session) { _ in }
      writer.post(stage: 0, stored: results(0..<100))
      try writer.finish()
    }
  }

  /// Runs something that may fail in words, and in no other way.
  @discardableResult
  private func attempt(_ body: () throws -> Void) throws -> LedgerError? {
    do {
      try body()
      return nil
    } catch let error as LedgerError {
      return error
    }
  }
}

/// Changes a database past the ledger.
private func alter(_ path: String, _ sql: String) throws {
  try DatabaseQueue(path: path).writeWithoutTransaction { try $0.execute(sql: sql) }
}
