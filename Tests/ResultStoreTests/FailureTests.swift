import PipelineCore
import ResultStore
import Simulation
import Testing

@Suite struct FailureTests {
  @Test(
    "After a failed append the segment is what it was, and the store goes on",
    arguments: [0, 1, 70, 5_000])
  func failedAppend(after bytes: Int) throws {
    let disk = SimulatedDisk(seed: 1)
    var store = try openStore(on: disk)
    let samples = [Sample(index: 1, payload: [1]), Sample(index: 3, payload: [3])]
    try store.append([samples[0]])
    let before = disk.contents
    disk.failNextAppend(after: bytes)
    #expect(throws: StoreError.self) { try store.append([Sample(index: 2)]) }
    #expect(disk.contents == before)
    try store.append([samples[1]])
    #expect(try recover(disk).samples == samples)
  }

  @Test("A failed first append of a segment leaves no file")
  func failedFirstAppend() throws {
    let disk = SimulatedDisk(seed: 1)
    var store = try openStore(on: disk)
    disk.failNextAppend(after: 10)
    #expect(throws: StoreError.self) { try store.append([Sample(index: 2)]) }
    #expect(disk.contents.isEmpty)
    #expect(store.takeUnflushed().isEmpty)
    try store.append([Sample(index: 2)])
    #expect(try recover(disk).samples == [Sample(index: 2)])
  }

  @Test("A full disk takes results again when there is space")
  func fullDisk() throws {
    let disk = SimulatedDisk(seed: 1)
    var store = try openStore(on: disk)
    let sample = Sample(index: 1, payload: Array(repeating: 1, count: 500))
    disk.limitSpace(to: 400)
    let error = #expect(throws: StoreError.self) { try store.append([sample]) }
    #expect(error?.code == .full)
    disk.limitSpace(to: nil)
    try store.append([sample])
    #expect(try recover(disk).samples == [sample])
  }

  @Test("A store whose half-written block cannot be cut off takes no more")
  func failedCut() throws {
    let disk = SimulatedDisk(seed: 1)
    var store = try openStore(on: disk)
    try store.append([Sample(index: 1)])
    disk.failNextAppend(after: 30)
    disk.failNextTruncate()
    let first = #expect(throws: StoreError.self) { try store.append([Sample(index: 2)]) }
    #expect(first?.cause.contains("cannot be cut off") == true)
    let second = #expect(throws: StoreError.self) { try store.append([Sample(index: 2)]) }
    #expect(first == second)
    #expect(throws: StoreError.self) { try store.recover { _ in } }
    disk.restart()
    let (samples, report) = try recover(disk)
    #expect(samples == [Sample(index: 1)] && report.cut?.length == 30)
  }

  @Test(
    "A store with a failed flush takes no more and is flushed no more",
    arguments: 0..<30 as Range<UInt64>)
  func failedFlush(seed: UInt64) throws {
    let disk = SimulatedDisk(seed: seed)
    var store = try openStore(on: disk)
    let kept = Sample(index: 1)
    try store.append([kept])
    try store.flush(disk)
    try store.append([Sample(index: 2)])
    disk.failNextFlush()
    let error = try #require(#expect(throws: StoreError.self) { try store.flush(disk) })
    #expect(throws: error) { try disk.flush("000001.segment") }
    #expect(throws: error) { try store.append([Sample(index: 3)]) }
    disk.restart()
    let shown = try recover(disk).samples
    #expect(shown.first == kept)
    #expect(Set(shown).isSubset(of: [kept, Sample(index: 2)]))
  }

  @Test("A segment of another run, another stage or another place is refused and left as it is")
  func foreign() throws {
    let disk = SimulatedDisk(seed: 1)
    var store = try openStore(on: disk)
    try store.append([Sample(index: 1)])
    let contents = disk.contents
    var other = ResultStore(disk: disk, run: RunID(rawValue: 5), stage: testStage)
    var error = #expect(throws: StoreError.self) { try other.recoverSamples() }
    #expect(error?.code == .foreign && error?.cause.contains("run 123456789abcdef") == true)
    other = ResultStore(disk: disk, run: testRun, stage: 9)
    error = #expect(throws: StoreError.self) { try other.recoverSamples() }
    #expect(error?.code == .foreign && error?.cause.contains("not of stage 9") == true)
    #expect(disk.contents == contents)

    disk.put(contents["000001.segment"]!, as: "000004.segment")
    error = #expect(throws: StoreError.self) { try recover(disk) }
    #expect(error?.code == .foreign && error?.path == "000004.segment")
    #expect(error?.cause.contains("000001.segment") == true)
  }

  @Test("A segment in a newer format is refused in words")
  func newer() throws {
    let disk = SimulatedDisk(seed: 1)
    disk.put(ReferenceSegment.header(version: 2), as: "000001.segment")
    let error = #expect(throws: StoreError.self) { try recover(disk) }
    #expect(error?.code == .version)
    #expect(error?.cause.contains("format 2") == true && error?.remedy.isEmpty == false)
  }

  @Test("What the caller throws ends recovery, which can be begun again")
  func callerThrows() throws {
    struct Enough: Error {}
    let disk = SimulatedDisk(seed: 1)
    var store = try openStore(on: disk)
    try store.append([Sample(index: 1), Sample(index: 2)])
    #expect(throws: Enough.self) { try store.recover { _ in throw Enough() } }
    #expect(try store.recoverSamples().samples.count == 2)
    try store.append([Sample(index: 3)])
    #expect(try recover(disk).samples.count == 3)
  }

  @Test("Files that are no segments are left alone")
  func otherFiles() throws {
    let disk = SimulatedDisk(seed: 1)
    for name in ["1.segment", "000001.segment.bak", "abcdef.segment", "+00001.segment", "x"] {
      disk.put([1, 2, 3], as: name)
    }
    let before = disk.contents
    #expect(try recover(disk).report == RecoveryReport())
    #expect(disk.contents == before)
  }
}
