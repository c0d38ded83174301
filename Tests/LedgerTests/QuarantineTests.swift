import Ledger
import PipelineCore
import Testing

struct QuarantineTests {
  private func record(_ index: UInt32, attempts: UInt16 = 4) -> QuarantineRecord {
    let partition = PartitionID(stage: 0, index: index)
    let failure = Failure(
      .data, "\"12x\" is no number; correct the record", file: 3, offset: 1 << 40, field: 7)
    return QuarantineRecord(
      Quarantined(partition: partition, attempts: attempts, failure: failure), at: 99,
      bytes: RunFiles.quarantinedBytes(of: partition),
      slice: .file(index: 3, offset: 1 << 39))
  }

  @Test(arguments: [
    "", "file", "file 1", "file 1 2 3", "file -1 2", "range 1 2", "range 1 -2 3", "range a 2 3",
    "range 1 99999999999 3", "files 1 2",
  ])
  func aSliceThatIsNoneIsRefused(_ text: String) {
    #expect(QuarantineRecord.Slice(text: text) == nil)
  }

  @Test func isReadInOrder() throws {
    let workspace = try Workspace()
    let ledger = try workspace.ledger()
    let writer = try LedgerWriter(ledger, session: 1) { _ in }
    var lost = record(2)
    lost.bytes = nil
    lost.slice = .range(from: -5, count: 7, payload: 64)
    lost.quarantined.failure = Failure(.death, "killed by signal 9")
    for record in [record(.max), lost, record(0)] { writer.post(record) }
    try writer.finish()
    #expect(try ledger.quarantined() == [record(0), lost, record(.max)])
  }

  @Test func theLatestWordCounts() throws {
    let workspace = try Workspace()
    let ledger = try workspace.ledger()
    let writer = try LedgerWriter(ledger, session: 1) { _ in }
    writer.post(record(1))
    writer.post(record(1, attempts: 8))
    try writer.finish()
    #expect(try ledger.quarantined() == [record(1, attempts: 8)])
  }

  @Test func whatIsStoredLeavesIt() throws {
    let workspace = try Workspace()
    let ledger = try workspace.ledger()
    let first = try LedgerWriter(ledger, session: 1) { _ in }
    for index in 1...3 as ClosedRange<UInt32> { first.post(record(index)) }
    try first.finish()
    // A later session knows what is in quarantine from the ledger.
    let second = try LedgerWriter(ledger, session: 1) { _ in }
    second.post(stage: 0, stored: results([2]))
    second.post(stage: 1, stored: results([3]))
    try second.finish()
    #expect(try ledger.quarantined() == [record(1), record(3)])
    let third = try LedgerWriter(ledger, session: 1) { _ in }
    third.post(record(2))
    try third.finish()
    #expect(try ledger.quarantined() == [record(1), record(3)])
  }

  @Test func bytesHaveAPlaceOfTheirOwn() {
    #expect(
      RunFiles.quarantinedBytes(of: PartitionID(stage: 0, index: 17)) == "quarantine/17.bytes")
    #expect(
      RunFiles.quarantinedBytes(of: PartitionID(stage: 2, index: 17)) == "quarantine/2-17.bytes")
  }
}
