import Ledger
import PipelineCore
import Testing

struct LedgerRecordTests {
  @Test func givesBackWhatWasRecorded() throws {
    let workspace = try Workspace()
    let ledger = try workspace.ledger()
    #expect(try ledger.record() == .sample())
    #expect(try ledger.state() == .running)
    try ledger.close()
    #expect(try workspace.reopened().record() == .sample())
  }

  @Test func takesExtremes() throws {
    let workspace = try Workspace()
    let record = RunRecord(
      run: RunID(rawValue: .max), topology: "", path: "", overrides: [], workers: 0, version: "",
      created: .min, fingerprint: "", durability: .process,
      plan: String(repeating: "é", count: 2_000_000), specification: [])
    try workspace.ledger(record).close()
    #expect(try workspace.reopened().record() == record)
  }

  @Test func hasASessionForEachProcess() throws {
    let workspace = try Workspace()
    let first = try workspace.ledger(at: 10)
    #expect(
      try first.sessions() == [RunSession(number: 1, start: .sample(at: 10), outcome: nil)])
    try first.close()

    let second = try workspace.reopened(readOnly: false)
    #expect(try second.beginSession(.sample(at: 20)) == 2)
    let failed = RunOutcome(.failed, at: 25, message: "no worker is left", json: "{\"rows\":0}")
    try LedgerWriter(second, session: 2) { _ in }.finish(failed)
    #expect(try second.state() == .failed)
    try second.close()

    let third = try workspace.reopened(readOnly: false)
    #expect(try third.beginSession(.sample(at: 30)) == 3)
    #expect(try third.state() == .running)
    try LedgerWriter(third, session: 3) { _ in }.finish(RunOutcome(.finished, at: 35))
    #expect(
      try workspace.reopened().sessions() == [
        RunSession(number: 1, start: .sample(at: 10), outcome: nil),
        RunSession(number: 2, start: .sample(at: 20), outcome: failed),
        RunSession(number: 3, start: .sample(at: 30), outcome: RunOutcome(.finished, at: 35)),
      ])
  }

  @Test(arguments: [RunState.failed, .cancelled])
  func goesOnUnlessFinished(_ state: RunState) throws {
    let workspace = try Workspace()
    let ledger = try workspace.ledger()
    try LedgerWriter(ledger, session: 1) { _ in }.finish(RunOutcome(state, at: 2))
    #expect(try ledger.state() == state)
    #expect(try ledger.beginSession(.sample()) == 2)
    #expect(try ledger.state() == .running)
  }

  @Test func refusesToGoOnWithAFinishedRun() throws {
    let workspace = try Workspace()
    let ledger = try workspace.ledger()
    try LedgerWriter(ledger, session: 1) { _ in }.finish(RunOutcome(.finished, at: 2))
    let error = try #require(throws: LedgerError.self) { try ledger.beginSession(.sample()) }
    #expect(error.code == .wrongState)
    #expect(error.message.contains("the run has finished"))
    #expect(try ledger.state() == .finished)
    #expect(try ledger.sessions().count == 1)
  }

  @Test func refusesASecondOutcome() throws {
    let workspace = try Workspace()
    let ledger = try workspace.ledger()
    try LedgerWriter(ledger, session: 1) { _ in }.finish(RunOutcome(.cancelled, at: 2))
    let error = try #require(throws: LedgerError.self) {
      try LedgerWriter(ledger, session: 1) { _ in }.finish(RunOutcome(.finished, at: 3))
    }
    #expect(error.code == .wrongState)
    #expect(try ledger.state() == .cancelled)
  }

  @Test func anOutcomeIsNeverRunning() async {
    await #expect(processExitsWith: .failure) { _ = RunOutcome(.running, at: 0) }
  }
}
