import Foundation
import GRDB
import Synchronization
import Testing

@testable import Ledger

struct SettlingTests {
  /// What the run is must survive a loss of power, in which the latest of the log may be lost.
  @Test func whatTheRunIsNeedsNoLogWhenSettled() throws {
    let workspace = try Workspace()
    let ledger = try workspace.ledger()
    let writer = try LedgerWriter(ledger, session: 1) { _ in }
    try writer.waitUntilSettled()
    let copy = workspace.path + "/copy.sqlite"
    try FileManager.default.copyItem(atPath: ledger.path, toPath: copy)
    #expect(try Ledger(opening: copy, readOnly: true).record() == .sample())
    try writer.waitUntilSettled()
    try writer.finish()
  }

  /// A reader keeps what came after its beginning out of the first checkpoint.
  @Test func waitsForThoseWhoRead() async throws {
    let workspace = try Workspace()
    let ledger = try workspace.ledger()
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let reader = try DatabaseQueue(path: ledger.path, configuration: configuration)
    try await reader.writeWithoutTransaction { database in
      try database.execute(sql: "BEGIN")
      _ = try Int.fetchOne(database, sql: "SELECT count(*) FROM session")
    }
    #expect(try ledger.beginSession(.sample(at: 9)) == 2)
    let writer = try LedgerWriter(ledger, session: 2) { _ in }
    // While it waits for the reader nobody else may write.
    let other = try DatabaseQueue(path: ledger.path)
    let isWaiting = try await eventually {
      do {
        try other.inTransaction(.immediate) { _ in .rollback }
        return false
      } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
        return true
      }
    }
    #expect(isWaiting)
    try await reader.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
    try writer.waitUntilSettled()
    let copy = workspace.path + "/copy.sqlite"
    try FileManager.default.copyItem(atPath: ledger.path, toPath: copy)
    #expect(try Ledger(opening: copy, readOnly: true).sessions().count == 2)
    try writer.finish()
  }

  @Test func aFailureIsThrownToWhoWaits() throws {
    let workspace = try Workspace()
    let run = try workspace.catalog.create(.sample(), session: .sample())
    try FileManager.default.moveItem(atPath: run.files.directory, toPath: workspace.path + "/moved")
    let told = Mutex<[LedgerError]>([])
    let writer = try LedgerWriter(run.ledger, session: 1) { error in
      told.withLock { $0.append(error) }
    }
    let error = try #require(throws: LedgerError.self) { try writer.waitUntilSettled() }
    #expect(error.message.hasPrefix("\(run.files.directory): open: "))
    #expect(throws: error) { try writer.finish() }
    #expect(told.withLock { $0 } == [error])
  }

  @Test func whatFailsLaterIsNoFailureOfSettling() async throws {
    let workspace = try Workspace()
    let ledger = try workspace.ledger()
    let writer = try LedgerWriter(ledger, session: 1) { _ in }
    try writer.waitUntilSettled()
    try await DatabaseQueue(path: ledger.path).write { try $0.execute(sql: "DROP TABLE event") }
    writer.post(.sample(1))
    #expect(throws: LedgerError.self) { try writer.finish() }
    try writer.waitUntilSettled()
  }

  /// A checkpoint that fails does not leave the directories unflushed: where both fail, it is the
  /// directory that is told of.
  @Test func directoriesAreFlushedBeforeTheCheckpoint() throws {
    let workspace = try Workspace()
    let run = try workspace.catalog.create(.sample(), session: .sample())
    try run.ledger.close()
    let checkpoint = try #require(throws: LedgerError.self) { try run.ledger.settle() }
    #expect(checkpoint.message.hasPrefix("\(run.files.ledger): the ledger cannot be written"))
    try FileManager.default.moveItem(atPath: run.files.directory, toPath: workspace.path + "/moved")
    let flush = try #require(throws: LedgerError.self) { try run.ledger.settle() }
    #expect(flush.message.hasPrefix("\(run.files.directory): open: "))
  }

  #if os(Linux)
  /// The directories of procfs answer a flush with EINVAL.
  @Test func aDirectoryThatCannotBeFlushedNeedsNoFlush() throws {
    try Directory.flush("/proc")
  }
  #endif

  @Test func aMissingDirectoryCannotBeFlushed() throws {
    let workspace = try Workspace()
    #expect(throws: LedgerError.self) { try Directory.flush(workspace.path + "/missing") }
  }
}
