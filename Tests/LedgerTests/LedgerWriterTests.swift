import Foundation
import GRDB
import Ledger
import PipelineCore
import Synchronization
import Testing

struct LedgerWriterTests {
  @Test func whatIsPostedIsWrittenWithoutMoreAdo() async throws {
    let workspace = try Workspace()
    let writer = try LedgerWriter(try workspace.ledger(), session: 1) { _ in }
    let reader = try workspace.reopened()
    writer.post(.sample(1))
    writer.post(stage: 0, stored: results([5]))
    #expect(try await eventually { try reader.events().count == 1 && reader.storedCount() == 1 })
    writer.post(.sample(2))
    #expect(try await eventually { try reader.events().count == 2 })
    try writer.finish()
  }

  @Test func manyThreadsPost() async throws {
    let workspace = try Workspace()
    let ledger = try workspace.ledger()
    let writer = try LedgerWriter(ledger, session: 1) { _ in }
    await withTaskGroup { group in
      for task in 0..<8 {
        group.addTask {
          for number in 0..<2000 {
            writer.post(.sample(number, kind: "task\(task)"))
            writer.post(stage: 0, stored: results([UInt32(task * 2000 + number)]))
          }
        }
      }
    }
    try writer.finish(RunOutcome(.finished, at: 1))
    #expect(try ledger.storedCount() == 16_000)
    #expect(try ledger.stored().count == 1)
    let all = try ledger.events(limit: 20_000)
    for task in 0..<8 {
      let events = all.filter { $0.event.kind == "task\(task)" }
      #expect(events.map { Int($0.event.at) } == Array(0..<2000))
    }
  }

  @Test func anOutcomeComesWithAllThatWasPosted() throws {
    let workspace = try Workspace()
    let ledger = try workspace.ledger()
    let writer = try LedgerWriter(ledger, session: 1) { _ in }
    let reader = try workspace.reopened()
    for number in 0..<100 { writer.post(.sample(number)) }
    try writer.finish(RunOutcome(.finished, at: 1))
    #expect(try reader.state() == .finished)
    #expect(try reader.events().count == 100)
    writer.post(.sample(100))
    writer.post(stage: 0, stored: results([1]))
    #expect(try ledger.events().count == 100)
  }

  @Test func aFinishWithoutOutcomeLeavesTheRunRunning() throws {
    let workspace = try Workspace()
    let ledger = try workspace.ledger()
    try LedgerWriter(ledger, session: 1) { _ in }.finish()
    #expect(try ledger.state() == .running)
    #expect(try ledger.sessions().last?.outcome == nil)
  }

  @Test func aSecondFinishIsADefect() async throws {
    let workspace = try Workspace()
    await #expect(processExitsWith: .failure) { [path = workspace.path as String] in
      let ledger = try Ledger.create(at: path + "/ledger.sqlite", .sample(), session: .sample())
      let writer = try LedgerWriter(ledger, session: 1) { _ in }
      try writer.finish()
      try writer.finish()
    }
  }

  /// Another program holds the file: posts go on until much has gathered, then one waits, and nothing is
  /// lost.
  @Test func aPostWaitsWhenTooMuchGathers() async throws {
    let workspace = try Workspace()
    let ledger = try workspace.ledger()
    let writer = try LedgerWriter(ledger, session: 1) { _ in }
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let other = try DatabaseQueue(path: ledger.path, configuration: configuration)
    try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
    let posted = Counter()
    let total = 20_000
    // A thread of its own, for it is to wait.
    Thread.detachNewThread {
      for number in 0..<total {
        writer.post(.sample(number))
        posted.increment()
      }
    }
    // It goes on while there is room, and then no further.
    #expect(try await eventually { posted.value >= 3000 })
    var unchanged = (value: 0, looks: 0)
    #expect(
      try await eventually {
        let value = posted.value
        unchanged = value == unchanged.value ? (value, unchanged.looks + 1) : (value, 0)
        return unchanged.looks == 50
      })
    #expect(posted.value < 8000)
    try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
    #expect(try await eventually { posted.value == total })
    try writer.finish()
    #expect(try ledger.events(limit: total + 1).map { Int($0.event.at) } == Array(0..<total))
  }

  @Test func aFailureIsToldOnceAndEndsWriting() async throws {
    let workspace = try Workspace()
    let ledger = try workspace.ledger()
    let told = Mutex<[LedgerError]>([])
    let writer = try LedgerWriter(ledger, session: 1) { error in told.withLock { $0.append(error) }
    }
    try await DatabaseQueue(path: ledger.path).write { try $0.execute(sql: "DROP TABLE event") }
    writer.post(.sample(1))
    #expect(try await eventually { !told.withLock(\.isEmpty) })
    for number in 0..<20_000 {
      writer.post(.sample(number))
      writer.post(stage: 0, stored: results([UInt32(number)]))
    }
    let error = try #require(throws: LedgerError.self) {
      try writer.finish(RunOutcome(.finished, at: 1))
    }
    #expect(told.withLock { $0 } == [error])
    #expect(error.message.contains("no such table"))
    #expect(try ledger.storedCount() == 0)
    #expect(try ledger.state() == .running)
  }

  @Test func aLedgerOpenedForReadingIsNotWritten() throws {
    let workspace = try Workspace()
    try workspace.ledger().close()
    let ledger = try workspace.reopened(readOnly: true)
    #expect(throws: LedgerError.self) { try ledger.beginSession(.sample()) }
    #expect(try ledger.sessions().count == 1)
  }
}
