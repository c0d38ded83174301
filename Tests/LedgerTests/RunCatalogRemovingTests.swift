import Foundation
import Ledger
import Testing

struct RunCatalogRemovingTests {
  private func make(
    _ catalog: RunCatalog, _ second: Int, _ state: RunState?
  ) throws -> String {
    let run = try catalog.create(
      .sample("run-\(second)", created: RunRecord.begin + Int64(second) * 1000), session: .sample())
    if let state {
      try LedgerWriter(run.ledger, session: 1) { _ in }.finish(RunOutcome(state, at: 0))
    }
    try run.ledger.close()
    run.lock.release()
    return run.id
  }

  @Test func prunesOldRunsThatFinished() throws {
    let workspace = try Workspace()
    let catalog = try workspace.catalog
    let states: [RunState?] = [
      .finished, .failed, nil, .finished, .cancelled, .finished, .finished, .failed, .finished,
    ]
    let ids = try states.enumerated().map { try make(catalog, $0.offset, $0.element) }
    #expect(try catalog.prune(keeping: 50).isEmpty)
    #expect(try catalog.prune(keeping: 3) == [ids[0], ids[3], ids[5]])
    #expect(try catalog.list().map(\.id) == [8, 7, 6, 4, 2, 1].map { ids[$0] })
    #expect(try catalog.prune(keeping: 3).isEmpty)
    #expect(try catalog.prune(keeping: 0) == [ids[6], ids[8]])
  }

  @Test func prunesOldRunsThatCannotGoOn() throws {
    let workspace = try Workspace()
    let catalog = try workspace.catalog
    let files = FileManager.default
    let states: [RunState?] = [
      .failed, .cancelled, .failed, .cancelled, nil, nil, nil, nil, .failed,
    ]
    let ids = try states.enumerated().map { try make(catalog, $0.offset, $0.element) }
    // The results of a failed, a cancelled, an interrupted and the newest run are gone.
    for index in [0, 1, 4, 8] {
      try files.removeItem(atPath: catalog.files(of: ids[index]).results)
    }
    // Two have no first record; somebody is about to make that of one of them. One is damaged.
    for index in [5, 6] { try files.removeItem(atPath: catalog.files(of: ids[index]).ledger) }
    try Data("garbage".utf8).write(to: URL(fileURLWithPath: catalog.files(of: ids[7]).ledger))
    let lock = try RunLock(path: catalog.files(of: ids[6]).lock)
    #expect(try catalog.prune(keeping: 1) == [ids[0], ids[1], ids[5]])
    #expect(try catalog.list().map(\.id) == [8, 7, 6, 4, 3, 2].map { ids[$0] })
    lock.release()
    #expect(try catalog.prune(keeping: 0) == [ids[6], ids[8]])
  }

  @Test func leavesWhatAProcessHolds() throws {
    let workspace = try Workspace()
    let catalog = try workspace.catalog
    let id = try make(catalog, 0, .finished)
    let lock = try RunLock(path: catalog.files(of: id).lock)
    #expect(try catalog.prune(keeping: 0).isEmpty)
    let error = try #require(throws: LedgerError.self) { try catalog.remove(id) }
    #expect(error.code == .inUse)
    lock.release()
    #expect(try catalog.prune(keeping: 0) == [id])
  }

  @Test func removesAllOfARunAndNothingElse() throws {
    let workspace = try Workspace()
    let catalog = try workspace.catalog
    let (first, second) = (try make(catalog, 0, .failed), try make(catalog, 1, nil))
    let outside = workspace.path + "/outside"
    try Data("kept".utf8).write(to: URL(fileURLWithPath: outside))
    try FileManager.default.createSymbolicLink(
      atPath: catalog.files(of: first).results + "/link", withDestinationPath: outside)
    try catalog.remove(first)
    #expect(try FileManager.default.contentsOfDirectory(atPath: catalog.directory) == [second])
    #expect(FileManager.default.contents(atPath: outside) == Data("kept".utf8))
    let error = try #require(throws: LedgerError.self) { try catalog.remove(first) }
    #expect(error.code == .noSuchRun)
  }

  @Test func clearsWhatARemovalLeftBehind() throws {
    let workspace = try Workspace()
    let catalog = try workspace.catalog
    let id = try make(catalog, 0, .failed)
    try FileManager.default.moveItem(
      atPath: catalog.files(of: id).directory, toPath: "\(catalog.directory)/.\(id).removed")
    #expect(try catalog.list().isEmpty)
    try catalog.prune(keeping: 50)
    #expect(try FileManager.default.contentsOfDirectory(atPath: catalog.directory).isEmpty)
  }
}
