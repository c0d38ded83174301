import Foundation
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
      slice: .file(index: 3, offset: 1 << 39, length: 1 << 22, digest: 0xABC))
  }

  @Test(arguments: [
    "", "file", "file 1", "file 1 2", "file 1 2 3", "file -1 2 3 0123456789abcdef",
    "file 1 -2 3 0123456789abcdef", "file 1 2 -3 0123456789abcdef", "file 1 2 3 0123456789abcdeg",
    "file 1 2 3 abc", "file 1 2 3 0123456789ABCDEF", "file 1 2 3 +123456789abcdef",
    "file 1 2 3 00123456789abcdef", "file 01 2 3 0123456789abcdef",
    "file 1 2 3 0123456789abcdef 4", "file 1 9223372036854775807 1 0123456789abcdef",
    "files 1 2 3 0123456789abcdef", "range 1 2", "range 1 -2 3", "range a 2 3",
    "range 1 99999999999 3", "range 1 2 3 4", " range 1 2 3",
  ])
  func aSliceThatIsNoneIsRefused(_ text: String) {
    #expect(QuarantineRecord.Slice(text: text) == nil)
  }

  @Test(arguments: [
    (
      QuarantineRecord.Slice.file(index: 3, offset: 1 << 39, length: 4096, digest: 0xABC),
      "file 3 549755813888 4096 0000000000000abc"
    ),
    (.file(index: 0, offset: 0, length: 0, digest: .max), "file 0 0 0 ffffffffffffffff"),
    (.range(from: -5, count: 7, payload: 64), "range -5 7 64"),
  ])
  func aSliceIsReadAsItIsWritten(_ slice: QuarantineRecord.Slice, _ text: String) {
    #expect(slice.text == text)
    #expect(QuarantineRecord.Slice(text: text) == slice)
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

  @Test func theBytesOfWhatIsStoredAreRemoved() throws {
    let workspace = try Workspace()
    let ledger = try workspace.ledger()
    try FileManager.default.createDirectory(
      atPath: workspace.path + "/quarantine", withIntermediateDirectories: false)
    func keep(_ indexes: ClosedRange<UInt32>, _ writer: LedgerWriter) throws {
      for index in indexes {
        let file = RunFiles.quarantinedBytes(of: PartitionID(stage: 0, index: index))
        try Data("kept".utf8).write(to: URL(fileURLWithPath: "\(workspace.path)/\(file)"))
        writer.post(record(index))
      }
    }
    func kept() throws -> Set<String> {
      Set(try FileManager.default.contentsOfDirectory(atPath: workspace.path + "/quarantine"))
    }
    let first = try LedgerWriter(ledger, session: 1) { _ in }
    try keep(1...4, first)
    // Perhaps of one transaction with its entry.
    first.post(stage: 0, stored: results([4]))
    try first.finish()
    #expect(try kept() == ["1.bytes", "2.bytes", "3.bytes"])
    // Of one the file is missing.
    try FileManager.default.removeItem(atPath: workspace.path + "/quarantine/3.bytes")
    let second = try LedgerWriter(ledger, session: 1) { _ in }
    second.post(stage: 0, stored: results([2, 3]))
    second.post(stage: 1, stored: results([1]))
    try second.finish()
    #expect(try kept() == ["1.bytes"])
    #expect(try ledger.quarantined() == [record(1)])
    // What is given up after it was stored is in no quarantine.
    let third = try LedgerWriter(ledger, session: 1) { _ in }
    try keep(2...2, third)
    try third.finish()
    #expect(try kept() == ["1.bytes"])
  }

  @Test func bytesThatCannotBeRemovedAreAFailure() throws {
    let workspace = try Workspace()
    let ledger = try workspace.ledger()
    // A directory in place of the file.
    let path = workspace.path + "/quarantine/1.bytes"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let writer = try LedgerWriter(ledger, session: 1) { _ in }
    writer.post(record(1))
    writer.post(stage: 0, stored: results([1]))
    let error = try #require(throws: LedgerError.self) { try writer.finish() }
    #expect(error.message.hasPrefix("\(path): unlink: "))
    #expect(try ledger.quarantined().isEmpty)
    #expect(try ledger.storedCount() == 1)
  }

  @Test func bytesHaveAPlaceOfTheirOwn() {
    #expect(
      RunFiles.quarantinedBytes(of: PartitionID(stage: 0, index: 17)) == "quarantine/17.bytes")
    #expect(
      RunFiles.quarantinedBytes(of: PartitionID(stage: 2, index: 17)) == "quarantine/2-17.bytes")
  }
}
