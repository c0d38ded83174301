import Ledger
import Testing

struct StoredVerificationTests {
  private func filled(_ workspace: Workspace) throws -> Ledger {
    let ledger = try workspace.ledger()
    let writer = try LedgerWriter(ledger, session: 1) { _ in }
    writer.post(stage: 0, stored: results(0...9))
    writer.post(stage: 0, stored: results(20...29))
    writer.post(stage: 0, stored: results([40]))
    writer.post(stage: 1, stored: results(0...99))
    try writer.finish()
    return ledger
  }

  @Test func agreesWithWhatIsThere() throws {
    let workspace = try Workspace()
    let ledger = try filled(workspace)
    let stored = results(Array(0...9) + Array(20...29) + [40])
    #expect(try ledger.mismatches(stage: 0, with: stored.shuffled()).isEmpty)
    #expect(try ledger.mismatches(stage: 2, with: stored).isEmpty)
  }

  @Test func passesOverWhatTheLedgerDoesNotKnowYet() throws {
    let workspace = try Workspace()
    var verification = try filled(workspace).verification(stage: 0)
    for index in 0...50 as ClosedRange<UInt32> { verification.add(index, digest: digest(index)) }
    #expect(verification.mismatches().isEmpty)
  }

  @Test func namesWhatIsMissing() throws {
    let workspace = try Workspace()
    let ledger = try filled(workspace)
    let mismatches = try ledger.mismatches(stage: 0, with: results(Array(0...9) + Array(22...29)))
    #expect(mismatches.map(\.range.first) == [20, 40])
    #expect(mismatches.map(\.found) == [8, 0])
    #expect(
      mismatches.map(\.description) == [
        "partitions 20 to 29: the ledger has them as stored, but results of 2 of them are not there: "
          + "they are done again",
        "partition 40: the ledger has it as stored, but its result is not there: it is done again",
      ])
  }

  @Test func namesWhatDiffers() throws {
    let workspace = try Workspace()
    let ledger = try filled(workspace)
    var stored = results(Array(0...9) + Array(20...29) + [40])
    stored[3].digest ^= 1
    let mismatches = try ledger.mismatches(stage: 0, with: stored)
    #expect(mismatches.map(\.range.first) == [0])
    #expect(
      mismatches.map(\.description) == [
        "partitions 0 to 9: the results are not those that the ledger has: they, or the ledger, were "
          + "changed since"
      ])
  }
}
