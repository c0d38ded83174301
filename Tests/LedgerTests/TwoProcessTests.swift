import Foundation
import Ledger
import PipelineCore
import Testing

/// What holds between processes. The other process is a copy of the tests (an exit test).
struct TwoProcessTests {
  /// The process is killed in the middle of writing; all that it had written is there.
  @Test func aKilledRunIsInterruptedAndGoesOn() async throws {
    let workspace = try Workspace()
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = workspace.path as String] in
      let run = try RunCatalog(directory: path + "/state/runs")
        .create(.sample(), session: .sample())
      let writer = try LedgerWriter(run.ledger, session: run.session) { _ in }
      let reader = try Ledger(opening: run.files.ledger, readOnly: true)
      for number in 0..<3000 { writer.post(.sample(number)) }
      writer.post(stage: 0, stored: results(0..<10_000))
      guard try await eventually({ try reader.storedCount() == 10_000 }) else { return }
      for number in 3000..<100_000 { writer.post(.sample(number)) }
      kill(getpid(), SIGKILL)
    }
    let catalog = try workspace.catalog
    let entry = try #require(try catalog.list().first)
    #expect(entry.status == .interrupted)
    #expect(entry.record == .sample())
    #expect(entry.storedPartitions == 10_000)

    let run = try catalog.resume(entry.id, session: .sample(at: 9))
    #expect(run.session == 2)
    let events = try run.ledger.events(limit: 200_000)
    #expect(events.count >= 3000)
    #expect(events.map { Int($0.event.at) } == Array(0..<events.count))
    let writer = try LedgerWriter(run.ledger, session: run.session) { _ in }
    writer.post(stage: 0, stored: results(5000..<20_000))
    try writer.finish(RunOutcome(.finished, at: 10))
    let all = results(0..<20_000)
    #expect(try run.ledger.mismatches(stage: 0, with: all).isEmpty)
    #expect(try run.ledger.stored().count == 1)
    run.lock.release()
    #expect(catalog.entry(entry.id).status == .finished)
  }

  /// Another process carries the run out: this one may look, and nothing more.
  @Test func aRunBelongsToOneProcess() async throws {
    let workspace = try Workspace()
    async let other = #expect(processExitsWith: .success) { [path = workspace.path as String] in
      let run = try RunCatalog(directory: path + "/state/runs")
        .create(.sample(), session: .sample())
      let writer = try LedgerWriter(run.ledger, session: run.session) { _ in }
      var number: UInt32 = 0
      let wasStopped = try await eventually(within: .seconds(120)) {
        writer.post(.sample(Int(number)))
        writer.post(stage: 0, stored: results([number]))
        number += 1
        return FileManager.default.fileExists(atPath: path + "/stop")
      }
      try writer.finish(RunOutcome(.cancelled, at: 1))
      exit(wasStopped ? 0 : 1)
    }
    let catalog = try workspace.catalog
    #expect(try await eventually { try catalog.list().first?.record != nil })
    let entry = try #require(try catalog.list().first)
    guard case .running(let holder) = entry.status else {
      Issue.record("\(entry.status)")
      return
    }
    let process = try #require(holder.processID)
    #expect(process != getpid())
    let refusal = try #require(throws: LedgerError.self) {
      try catalog.resume(entry.id, session: .sample())
    }
    #expect(refusal.code == .inUse)
    #expect(refusal.message.contains("process \(process) on"))
    #expect(throws: LedgerError.self) { try catalog.remove(entry.id) }

    // What is read while the other writes is whole and grows.
    let reader = try Ledger(opening: entry.files.ledger, readOnly: true)
    var seen = [0]
    let grows = try await eventually {
      let count = try reader.storedCount()
      let events = try reader.events(limit: 100_000).count
      guard count >= seen[seen.count - 1], events >= count else { return true }
      if count > seen[seen.count - 1] { seen.append(count) }
      return seen.count > 5
    }
    #expect(grows && seen.count > 5, "\(seen)")
    try Data().write(to: URL(fileURLWithPath: workspace.path + "/stop"))
    _ = await other
    #expect(catalog.entry(entry.id).status == .cancelled)
    #expect(try reader.state() == .cancelled)
  }

  /// Children do not keep the lock of a parent that died.
  @Test func childrenDoNotInheritTheLock() throws {
    let workspace = try Workspace()
    let path = workspace.path + "/lock"
    let lock = try RunLock(path: path)
    let child = Process()
    let input = Pipe()
    child.executableURL = URL(fileURLWithPath: "/bin/cat")
    child.standardInput = input
    child.standardOutput = Pipe()
    try child.run()
    defer {
      input.fileHandleForWriting.closeFile()
      child.waitUntilExit()
    }
    lock.release()
    _ = try RunLock(path: path)
  }
}
