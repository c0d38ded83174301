import Ledger
import PipelineCore
import Testing

struct LedgerEventTests {
  private static let all: [LedgerEvent] = [
    LedgerEvent(at: 1, kind: "joined", node: NodeID(rawValue: .max), json: #"{"event":"joined"}"#),
    LedgerEvent(
      at: 2, kind: "attempt_failed", node: NodeID(rawValue: 1),
      partition: PartitionID(stage: 0, index: .max), json: #"{"reason":"it's \"bad\"\n"}"#),
    LedgerEvent(
      at: -3, kind: "attempt_failed", node: NodeID(rawValue: 2),
      partition: PartitionID(stage: 1, index: 7), json: "{\"reason\":\"Größe 💧\"}"),
    LedgerEvent(at: .max, kind: "waiting", json: ""),
  ]

  private func filled(_ workspace: Workspace) throws -> Ledger {
    let ledger = try workspace.ledger()
    let writer = try LedgerWriter(ledger, session: 1) { _ in }
    for event in Self.all { writer.post(event) }
    try writer.finish()
    return ledger
  }

  @Test func areReadAsTheyWerePosted() throws {
    let workspace = try Workspace()
    let events = try filled(workspace).events()
    #expect(events.map(\.event) == Self.all)
    #expect(events.map(\.number) == [1, 2, 3, 4])
    #expect(events.allSatisfy { $0.session == 1 })
  }

  @Test func areReadPageByPage() throws {
    let workspace = try Workspace()
    let ledger = try filled(workspace)
    #expect(try ledger.events(limit: 3).map(\.number) == [1, 2, 3])
    #expect(try ledger.events(after: 3, limit: 3).map(\.number) == [4])
    #expect(try ledger.events(after: 4, limit: 3).isEmpty)
  }

  @Test func belongToTheirSession() throws {
    let workspace = try Workspace()
    let ledger = try filled(workspace)
    let session = try ledger.beginSession(.sample())
    let writer = try LedgerWriter(ledger, session: session) { _ in }
    writer.post(.sample(1))
    try writer.finish()
    #expect(try ledger.events().map(\.session) == [1, 1, 1, 1, 2])
  }
}
