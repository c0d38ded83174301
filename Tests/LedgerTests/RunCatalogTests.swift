import Foundation
import Ledger
import PipelineCore
import Testing

struct RunCatalogTests {
  @Test(arguments: [
    (["MILLRACE_RUNS": "/r/", "XDG_STATE_HOME": "/x", "HOME": "/h"], "/r"),
    (["MILLRACE_RUNS": "", "XDG_STATE_HOME": "/x", "HOME": "/h"], "/x/millrace/runs"),
    (["XDG_STATE_HOME": "relative", "HOME": "/h"], "/h/.local/state/millrace/runs"),
    (["HOME": "/h"], "/h/.local/state/millrace/runs"),
    (["MILLRACE_RUNS": "runs"], FileManager.default.currentDirectoryPath + "/runs"),
  ])
  func isWhereTheEnvironmentSays(_ environment: [String: String], _ directory: String) throws {
    #expect(try RunCatalog(environment: environment).directory == directory)
  }

  @Test(arguments: [[:], ["HOME": ""]])
  func saysThatThereIsNoPlace(_ environment: [String: String]) throws {
    let error = try #require(throws: LedgerError.self) { try RunCatalog(environment: environment) }
    #expect(error.message.contains("set MILLRACE_RUNS"))
  }

  @Test func isEmptyWhereThereIsNothing() throws {
    let workspace = try Workspace()
    #expect(try workspace.catalog.list().isEmpty)
    #expect(try workspace.catalog.prune(keeping: 0).isEmpty)
    let error = try #require(throws: LedgerError.self) { try workspace.catalog.find("last") }
    #expect(error.code == .noSuchRun)
    #expect(error.message.contains("there are no runs yet"))
  }

  @Test func makesAPrivateDirectoryWithAllParts() throws {
    let workspace = try Workspace()
    let run = try workspace.catalog.create(.sample(), session: .sample())
    #expect(run.id.hasPrefix("20260304-050607-delays-by-carrier-"))
    #expect(run.session == 1)
    #expect(run.files == (try workspace.catalog.files(of: run.id)))
    for path in [
      workspace.path + "/state", try workspace.catalog.directory, run.files.directory,
      run.files.results, run.files.quarantine,
    ] {
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect(attributes[.posixPermissions] as? Int == 0o700, "\(path)")
      #expect(attributes[.type] as? FileAttributeType == .typeDirectory, "\(path)")
    }
    #expect(try run.ledger.record() == .sample())
  }

  @Test func makesARunUnderAnIdThatIsGiven() throws {
    let workspace = try Workspace()
    let catalog = try workspace.catalog
    let id = RunCatalog.identifier(topology: "delays", created: RunRecord.begin)
    #expect(id.hasPrefix("20260304-050607-delays-"))
    let run = try catalog.create(.sample(), session: .sample(), id: id)
    #expect(run.id == id)
    #expect(try run.ledger.record() == .sample())
    #expect(throws: LedgerError.self) {
      try catalog.create(.sample(), session: .sample(), id: id)
    }
    #expect(try catalog.ids() == [id])
  }

  @Test func listsTheNewestFirst() throws {
    let workspace = try Workspace()
    let catalog = try workspace.catalog
    let begin = RunRecord.begin
    // The second and third begin in one second; their names are not in the order of time.
    let made = try [("b", begin - 5000), ("z", begin), ("a", begin + 7), ("m", begin + 1000)].map {
      try catalog.create(.sample($0.0, created: $0.1), session: .sample())
    }
    #expect(try catalog.list().map(\.id) == made.reversed().map(\.id))
    #expect(try catalog.find("last").id == made[3].id)
    for run in made { run.lock.release() }
    try catalog.remove(made[3].id)
    #expect(try catalog.find("last").id == made[2].id)
  }

  @Test func tellsWhatARunIsDoing() throws {
    let workspace = try Workspace()
    let catalog = try workspace.catalog
    let run = try catalog.create(.sample(), session: .sample(at: 5))
    let writer = try LedgerWriter(run.ledger, session: run.session) { _ in }
    writer.post(stage: 0, stored: results(0..<7))
    try writer.finish()
    let running = catalog.entry(run.id)
    guard case .running(let holder) = running.status else {
      Issue.record("\(running.status)")
      return
    }
    #expect(holder.processID == getpid())
    #expect(running.record == .sample())
    #expect(running.storedPartitions == 7)
    #expect(running.sessions == 1)
    #expect(running.session?.start.at == 5)
    run.lock.release()
    #expect(catalog.entry(run.id).status == .interrupted)
    for (state, status) in [
      (RunState.failed, RunStatus.failed), (.cancelled, .cancelled), (.finished, .finished),
    ] {
      let resumed = try catalog.resume(run.id, session: .sample(at: 6))
      try LedgerWriter(resumed.ledger, session: resumed.session) { _ in }
        .finish(RunOutcome(state, at: 7, message: "why"))
      resumed.lock.release()
      let entry = catalog.entry(run.id)
      #expect(entry.status == status)
      #expect(entry.session?.outcome?.message == "why")
    }
    #expect(catalog.entry(run.id).sessions == 4)
  }

  @Test func listsDamagedRunsAsSuch() throws {
    let workspace = try Workspace()
    let catalog = try workspace.catalog
    let (sound, garbled, emptied) = (
      try catalog.create(.sample("a"), session: .sample()),
      try catalog.create(.sample("b"), session: .sample()),
      try catalog.create(.sample("c"), session: .sample())
    )
    for run in [garbled, emptied] {
      try run.ledger.close()
      run.lock.release()
    }
    try Data("garbage".utf8).write(to: URL(fileURLWithPath: garbled.files.ledger))
    try FileManager.default.removeItem(atPath: emptied.files.directory)
    try FileManager.default.createDirectory(
      atPath: emptied.files.directory, withIntermediateDirectories: false)
    try FileManager.default.createDirectory(
      atPath: catalog.directory + "/notes", withIntermediateDirectories: false)

    let entries = Dictionary(uniqueKeysWithValues: try catalog.list().map { ($0.id, $0) })
    #expect(entries.count == 3)
    #expect(entries[sound.id]?.status.word == "running")
    for (run, code) in [(garbled, LedgerError.Code.damaged), (emptied, .incomplete)] {
      guard case .damaged(let error) = entries[run.id]?.status else {
        Issue.record("\(run.id) is not listed as damaged")
        continue
      }
      #expect(error.code == code)
      #expect(entries[run.id]?.record == nil)
      #expect(throws: LedgerError.self) { try catalog.resume(run.id, session: .sample()) }
      try catalog.remove(run.id)
    }
    #expect(try catalog.list().map(\.id) == [sound.id])
  }

  @Test func aRunThatIsBeingMadeIsRunning() throws {
    let workspace = try Workspace()
    let catalog = try workspace.catalog
    let run = try catalog.create(.sample(), session: .sample())
    try run.ledger.close()
    try FileManager.default.removeItem(atPath: run.files.ledger)
    #expect(catalog.entry(run.id).status.word == "running")
  }

  @Test func aRunThatCannotBeMadeLeavesNothing() throws {
    let workspace = try Workspace()
    try Data().write(to: URL(fileURLWithPath: workspace.path + "/state"))
    let error = try #require(throws: LedgerError.self) {
      try workspace.catalog.create(.sample(), session: .sample())
    }
    #expect(error.message.contains(workspace.path + "/state"))
    #expect(error.message.contains("MILLRACE_RUNS"))
  }

  @Test(.enabled(if: geteuid() != 0, "root may do everything"))
  func saysWhenItMayNot() throws {
    let workspace = try Workspace()
    let catalog = try workspace.catalog
    let run = try catalog.create(.sample(), session: .sample())
    run.lock.release()
    try run.ledger.close()
    for (path, mode) in [(run.files.directory, 0o000), (catalog.directory, 0o000)] {
      #expect(chmod(path, mode_t(mode)) == 0)
      defer { #expect(chmod(path, 0o700) == 0) }
      if path == catalog.directory {
        #expect(throws: LedgerError.self) { try catalog.list() }
      } else {
        #expect(catalog.entry(run.id).status.word == "damaged")
      }
      let error = try #require(throws: LedgerError.self) {
        path == catalog.directory
          ? try catalog.create(.sample(), session: .sample())
          : try catalog.resume(run.id, session: .sample())
      }
      #expect(error.message.contains("check the permissions"))
    }
    #expect(chmod(run.files.directory, 0o500) == 0)
    defer { #expect(chmod(run.files.directory, 0o700) == 0) }
    guard case .damaged(let error) = catalog.entry(run.id).status else { return }
    #expect(error.message.contains("check the permissions"))
  }
}
