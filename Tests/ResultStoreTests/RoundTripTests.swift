import PipelineCore
import ResultStore
import Simulation
import Testing

@Suite struct RoundTripTests {
  @Test("An empty store is recovered as empty, and leaves no file")
  func empty() throws {
    let disk = SimulatedDisk(seed: 1)
    var store = try openStore(on: disk)
    #expect(try store.append([NewResult]()).isEmpty)
    #expect(store.takeUnflushed().isEmpty)
    let (samples, report) = try recover(disk)
    #expect(samples.isEmpty && report == RecoveryReport())
    #expect(disk.contents.isEmpty)
  }

  @Test(
    "What is appended is read back from its places, and recovered",
    arguments: 0..<40 as Range<UInt64>)
  func readAndRecover(seed: UInt64) throws {
    var random = Random(seed: seed)
    let disk = SimulatedDisk(seed: seed)
    let size = Int64.random(in: 100...20_000, using: &random)
    var store = try openStore(on: disk, segmentSize: size)
    var all: [Sample] = []
    for _ in 0..<Int.random(in: 1...12, using: &random) {
      let block = (0..<Int.random(in: 1...30, using: &random)).map {
        random.sample(UInt32(all.count + $0), upTo: 9_000)
      }
      let places = try store.append(block)
      for (sample, place) in zip(block, places) {
        #expect(try store.bytes(at: place, digest: sample.digest) == sample.payload)
      }
      #expect(places.count == block.count)
      all += block
    }
    let (samples, report) = try recover(disk, segmentSize: size)
    #expect(samples == all)
    #expect(report.isClean && report.lines.isEmpty)
    #expect(report.results == UInt64(all.count) && report.copies == 0)
    #expect(report.bytes == UInt64(all.reduce(0) { $0 + $1.payload.count }))
    #expect(report.segments == disk.contents.count)
  }

  @Test("A payload of several MiB goes through in pieces of at most 1 MiB")
  func largePayload() throws {
    let disk = SimulatedDisk(seed: 1)
    var random = Random(seed: 1)
    var store = try openStore(on: disk)
    let large = Sample(index: 7, rows: 1, payload: random.bytes((3 << 20) + 5))
    let places = try store.append([large, Sample(index: 8, payload: [1, 2, 3])])
    var pieces: [Int] = []
    try ResultReader(disk: disk).read(places[0]) { pieces.append($0.count) }
    #expect(pieces == [1 << 20, 1 << 20, 1 << 20, 5])
    #expect(try recover(disk).samples == [large, Sample(index: 8, payload: [1, 2, 3])])
  }

  @Test("Discarded results keep the digests they came with")
  func payloadless() throws {
    let disk = SimulatedDisk(seed: 1)
    var store = try openStore(on: disk)
    let places = try store.append([
      NewResult(index: 3, digest: 77, rows: 1, skipped: 2, outputRows: 3),
      NewResult(index: 9, digest: 78, rows: 1, skipped: 2, outputRows: 3),
    ])
    #expect(places.map(\.length) == [0, 0])
    try ResultReader(disk: disk).read(places[0]) { _ in Issue.record("nothing is there to be read")
    }
    var shown: [StoredResult] = []
    _ = try store.recover { shown.append($0) }
    #expect(shown.map(\.index) == [3, 9])
    #expect(shown.map(\.digest) == [77, 78])
    #expect(shown.allSatisfy { $0.rows == 1 && $0.skipped == 2 && $0.outputRows == 3 })
  }

  @Test("Of several copies of a result the first is shown")
  func copies() throws {
    let disk = SimulatedDisk(seed: 1)
    var store = try openStore(on: disk, segmentSize: 1)
    let first = Sample(index: 4, payload: [1])
    try store.append([first])
    try store.append([Sample(index: 4, payload: [2]), Sample(index: 5)])
    let (samples, report) = try recover(disk)
    #expect(samples == [first, Sample(index: 5)])
    #expect(report.copies == 1 && report.results == 2)
  }

  @Test("Places are appended to an array that is used again")
  func reusedPlaces() throws {
    let disk = SimulatedDisk(seed: 1)
    var store = try openStore(on: disk)
    var places: [ResultPlace] = []
    let result = NewResult(index: 0, digest: 0, rows: 0, skipped: 0, outputRows: 0)
    try store.append([result], places: &places)
    try store.append([result, result], places: &places)
    #expect(places.count == 3)
  }

  @Test("Segments stay within their size, but for a block that is larger")
  func segments() throws {
    let disk = SimulatedDisk(seed: 1)
    var store = try openStore(on: disk, segmentSize: 1_000)
    for index in 0..<20 as Range<UInt32> {
      try store.append([Sample(index: index, payload: Array(repeating: 1, count: 300))])
    }
    try store.append([Sample(index: 20, payload: Array(repeating: 1, count: 3_000))])
    try store.append([Sample(index: 21)])
    let sizes = disk.contents.sorted { $0.key < $1.key }.map(\.value.count)
    #expect(sizes.count == 12)
    #expect(sizes.dropLast(2).allSatisfy { $0 <= 1_000 })
    #expect(store.takeUnflushed() == disk.contents.keys.sorted())
    #expect(try recover(disk).samples.count == 22)
  }

  @Test("Files are named to be flushed once, until they are appended to again")
  func unflushed() throws {
    let disk = SimulatedDisk(seed: 1)
    var store = try openStore(on: disk)
    try store.append([Sample(index: 0)])
    try store.append([Sample(index: 1)])
    #expect(store.takeUnflushed() == ["000001.segment"])
    #expect(store.takeUnflushed().isEmpty)
    try store.append([Sample(index: 2)])
    #expect(store.takeUnflushed() == ["000001.segment"])
  }

  @Test("A store that was emptied holds nothing and takes more")
  func removal() throws {
    let disk = SimulatedDisk(seed: 1)
    var store = try openStore(on: disk, segmentSize: 1)
    disk.put([1], as: "notes.txt")
    for index in 0..<3 as Range<UInt32> { try store.append([Sample(index: index)]) }
    try store.removeAll()
    #expect(disk.contents.keys.sorted() == ["notes.txt"])
    #expect(store.takeUnflushed().isEmpty)
    try store.append([Sample(index: 9)])
    let (samples, report) = try recover(disk)
    #expect(samples == [Sample(index: 9)])
    #expect(report.isClean)
  }

  @Test("A store is recovered before it is appended to")
  func appendBeforeRecovery() async {
    await #expect(processExitsWith: .failure) {
      var store = ResultStore(disk: SimulatedDisk(seed: 1), run: testRun, stage: testStage)
      try store.append([Sample(index: 0)])
    }
  }

  @Test("An append takes a limited number of results")
  func limit() async throws {
    let disk = SimulatedDisk(seed: 1)
    var store = try openStore(on: disk)
    let most = (0..<ResultStore.maximumResults).map { Sample(index: UInt32($0)) }
    try store.append(most)
    #expect(try recover(disk).samples == most)
    await #expect(processExitsWith: .failure) {
      var store = try openStore(on: SimulatedDisk(seed: 1))
      try store.append((0...ResultStore.maximumResults).map { Sample(index: UInt32($0)) })
    }
  }
}
