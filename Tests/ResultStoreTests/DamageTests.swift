import ResultStore
import Simulation
import Testing

/// A small store of several segments, and where its blocks are.
private struct SmallStore {
  /// A block: its file, its bytes there, its results.
  struct Block {
    var segment: String
    var bytes: Range<Int>
    var samples: [Sample]
  }

  static let segmentSize: Int64 = 600
  var blocks: [Block] = []
  var files: [String: [UInt8]] = [:]

  init() throws {
    var random = Random(seed: 4)
    let disk = SimulatedDisk(seed: 4)
    var store = try openStore(on: disk, segmentSize: Self.segmentSize)
    var index: UInt32 = 0
    for count in [1, 5, 2, 1, 3, 7, 1] {
      let samples = (0..<count).map { random.sample(index + UInt32($0) * 3, upTo: 60) }
      index += UInt32(count * 3)
      let before = disk.contents
      try store.append(samples)
      let (name, bytes) = disk.contents.first { before[$0.key]?.count != $0.value.count }!
      let start = max(64, before[name]?.count ?? 0)
      blocks.append(Block(segment: name, bytes: start..<bytes.count, samples: samples))
    }
    files = disk.contents
  }

  var all: [Sample] { blocks.flatMap(\.samples) }
  var lastSegment: String { files.keys.max()! }

  /// A disk with these files, one of them changed.
  func disk(_ segment: String, _ bytes: [UInt8]) -> SimulatedDisk {
    let disk = SimulatedDisk(seed: 1)
    for (name, file) in files { disk.put(name == segment ? bytes : file, as: name) }
    return disk
  }

  /// Appends to the store on the disk, and expects it to hold these results and the new one.
  func expectGoesOn(_ disk: SimulatedDisk, after samples: [Sample]) throws {
    var store = try openStore(on: disk, segmentSize: Self.segmentSize)
    let more = Sample(index: 1_000, payload: [1, 2, 3])
    try store.append([more])
    let again = try recover(disk, segmentSize: Self.segmentSize)
    #expect(again.samples == samples + [more])
    #expect(again.report.cut == nil)
  }
}

@Suite struct DamageTests {
  @Test("A store cut at any byte shows the blocks before the cut, and goes on")
  func truncation() throws {
    let store = try SmallStore()
    #expect(store.files.count >= 3)
    for (name, file) in store.files {
      for size in 0..<file.count {
        let disk = store.disk(name, Array(file[..<size]))
        let (samples, report) = try recover(disk)
        let kept = store.blocks.filter { $0.segment != name || $0.bytes.upperBound <= size }
        #expect(samples == kept.flatMap(\.samples), "\(name) cut at byte \(size)")
        let isEdge =
          size == 64 || kept.contains { $0.segment == name && $0.bytes.upperBound == size }
        if name == store.lastSegment {
          #expect((report.cut == nil) == (isEdge || size == 0) && report.damage.isEmpty)
        } else {
          #expect(report.damage.count == (isEdge ? 0 : 1) && report.cut == nil)
        }
        try store.expectGoesOn(disk, after: samples)
      }
    }
  }

  @Test(
    "A flip of any byte costs the results of its block alone, and is told",
    arguments: [1, 0x80, 0xFF] as [UInt8])
  func flips(mask: UInt8) throws {
    let store = try SmallStore()
    for (name, file) in store.files {
      for position in file.indices {
        var bytes = file
        bytes[position] ^= mask
        let disk = store.disk(name, bytes)
        let (samples, report) = try recover(disk)
        let kept = store.blocks.filter { $0.segment != name || !$0.bytes.contains(position) }
        #expect(samples == kept.flatMap(\.samples), "\(name), byte \(position)")
        #expect(!report.isClean && report.lines.count == 1)
        #expect(report.lines.first?.contains(name) == true)
        let again = try recover(disk)
        #expect(again.samples == samples && again.report.cut == nil)
        try store.expectGoesOn(disk, after: samples)
      }
    }
  }

  @Test("Noise of any length is no store and no trap", arguments: 0..<60 as Range<UInt64>)
  func noise(seed: UInt64) throws {
    var random = Random(seed: seed)
    let disk = SimulatedDisk(seed: seed)
    disk.put(random.bytes(Int.random(in: 0...3_000, using: &random)), as: "000001.segment")
    disk.put(random.bytes(Int.random(in: 0...3_000, using: &random)), as: "000002.segment")
    let (samples, report) = try recover(disk)
    #expect(samples.isEmpty && report.results == 0)
  }

  @Test("Blocks of a store that are somewhere else in a store are not taken for its own")
  func misplaced() throws {
    let store = try SmallStore()
    let block = store.blocks[0]
    let bytes = store.files[block.segment]![block.bytes]
    // As a payload, and behind the end of another segment.
    let disk = store.disk(store.lastSegment, store.files[store.lastSegment]! + bytes)
    let (samples, report) = try recover(disk)
    #expect(samples == store.all)
    #expect(report.copies == 0 && report.cut?.length == Int64(bytes.count))
  }

  @Test("A store as the payload of another is a payload, also after damage to what is before it")
  func nested() throws {
    let inner = try SmallStore()
    let disk = SimulatedDisk(seed: 1)
    var store = try openStore(on: disk)
    let outer = Sample(index: 5_000, payload: inner.files["000001.segment"]!)
    try store.append([outer])
    try store.append([Sample(index: 5_001)])
    var bytes = disk.contents["000001.segment"]!
    bytes[64] ^= 1
    disk.put(bytes, as: "000001.segment")
    #expect(try recover(disk).samples == [Sample(index: 5_001)])
  }

  @Test("A missing segment is told by name")
  func missing() throws {
    let store = try SmallStore()
    let disk = store.disk("", [])
    try disk.remove("000002.segment")
    let (samples, report) = try recover(disk)
    #expect(samples == store.blocks.filter { $0.segment != "000002.segment" }.flatMap(\.samples))
    #expect(report.damage.map(\.segment) == ["000002.segment"])
    #expect(report.lines.first?.contains("missing") == true)
  }

  @Test("A report of much damage stays short")
  func manyDamages() throws {
    let disk = SimulatedDisk(seed: 1)
    var store = try openStore(on: disk)
    for index in 0..<400 as Range<UInt32> { try store.append([Sample(index: index)]) }
    var bytes = disk.contents["000001.segment"]!
    for block in stride(from: 64, to: bytes.count - 300, by: 208) { bytes[block + 60] ^= 1 }
    disk.put(bytes, as: "000001.segment")
    let report = try recover(disk).report
    #expect(report.damage.count == RecoveryReport.maximumListed)
    #expect(report.unlisted > 0 && report.lines.count == RecoveryReport.maximumListed + 1)
    #expect(report.results + UInt64(report.damage.count + report.unlisted) == 400)
  }

  @Test("A read that is asked to check says when the bytes changed")
  func damagedRead() throws {
    let disk = SimulatedDisk(seed: 1)
    var store = try openStore(on: disk)
    let sample = Sample(index: 1, payload: [1, 2, 3])
    let place = try store.append([sample])[0]
    var bytes = disk.contents["000001.segment"]!
    bytes[Int(place.offset)] = 9
    disk.put(bytes, as: "000001.segment")
    #expect(try store.bytes(at: place) == [9, 2, 3])
    let error = #expect(throws: StoreError.self) {
      try store.bytes(at: place, digest: sample.digest)
    }
    #expect(error?.code == .damaged)
  }
}
