import Ledger
import Testing

struct RunCatalogFindingTests {
  @Test func findsByAnyPart() throws {
    let workspace = try Workspace()
    let catalog = try workspace.catalog
    let begin = RunRecord.begin
    let delays = try catalog.create(.sample("delays"), session: .sample()).id
    let words = try catalog.create(.sample("words", created: begin + 60_000), session: .sample()).id
    for text in [delays, "20260304-050607", "delays", "del", String(delays.suffix(4))] {
      #expect(try catalog.find(text).id == delays, "\(text)")
    }
    #expect(try catalog.find("last").id == words)
  }

  @Test func saysWhatThereIsInstead() throws {
    let workspace = try Workspace()
    let catalog = try workspace.catalog
    let run = try catalog.create(.sample(), session: .sample())
    for text in ["nothing", "", "elays", "../runs", run.id + "0"] {
      let error = try #require(throws: LedgerError.self) { try catalog.find(text) }
      #expect(error.code == .noSuchRun)
      #expect(error.message.contains("no run is called \"\(text)\""))
      #expect(error.message.contains(run.id))
    }
  }

  @Test func namesTheCandidates() throws {
    let workspace = try Workspace()
    let catalog = try workspace.catalog
    let ids = try (0..<7).map { number in
      try catalog.create(
        .sample("delays-\(number)", created: RunRecord.begin + Int64(number) * 1000),
        session: .sample()
      ).id
    }
    let error = try #require(throws: LedgerError.self) { try catalog.find("delays") }
    #expect(error.code == .ambiguous)
    #expect(
      error.message
        == "\"delays\" could be 7 runs: \(ids.reversed().prefix(5).joined(separator: ", ")) and 2 more; "
        + "give more of the name")
  }

  @Test func refusesWhatIsNoRun() throws {
    let workspace = try Workspace()
    let catalog = try workspace.catalog
    _ = try catalog.create(.sample(), session: .sample())
    for id in ["..", "../..", "20260304-050607-a-0000", ""] {
      #expect(throws: LedgerError.self) { try catalog.remove(id) }
      #expect(throws: LedgerError.self) { try catalog.resume(id, session: .sample()) }
    }
    #expect(try catalog.list().count == 1)
  }
}
