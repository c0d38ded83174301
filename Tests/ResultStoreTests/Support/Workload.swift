import ResultStore
import Simulation
import Testing

/// Random appends and flushes on a disk whose power may go at any call, and what they promise.
struct Workload {
  private var random: Random
  private let segmentSize: Int64
  private var nextIndex: UInt32 = 0
  /// Every result that was ever handed to an append, by partition: copies may differ.
  private var offered: [UInt32: Set<Sample>] = [:]
  /// Partitions of appends that returned and are not flushed yet.
  private var appended: Set<UInt32> = []
  /// Partitions that a completed flush covers, or recovery showed.
  private var durable: Set<UInt32> = []

  init(seed: UInt64) {
    random = Random(seed: seed)
    segmentSize = Int64.random(in: 200...3_000, using: &random)
  }

  /// Recovers, checks what is shown, appends and flushes; ends early when the power goes.
  ///
  /// - Returns: whether the power lasted.
  mutating func run(on disk: SimulatedDisk, steps: Int) throws -> Bool {
    do {
      var store = ResultStore(disk: disk, run: testRun, stage: testStage, segmentSize: segmentSize)
      try check(store.recoverSamples().samples)
      for _ in 0..<steps { try step(&store, disk) }
      return true
    } catch is StoreError where !disk.hasPower {
      return false
    }
  }

  /// Takes the power away and checks what is left, twice.
  mutating func losePower(_ disk: SimulatedDisk) throws {
    disk.losePower()
    appended = []
    let first = try recover(disk, segmentSize: segmentSize)
    check(first.samples)
    let second = try recover(disk, segmentSize: segmentSize)
    #expect(second.samples == first.samples && second.report.cut == nil)
    #expect(second.report.damage == first.report.damage)
  }

  private mutating func step(_ store: inout ResultStore, _ disk: SimulatedDisk) throws {
    if random.next() % 3 == 0 {
      let covered = appended
      try store.flush(disk)
      durable.formUnion(covered)
      appended.subtract(covered)
      return
    }
    let samples = (0..<Int.random(in: 1...6, using: &random)).map { _ in
      // Now and then a copy, which may differ.
      let isCopy = nextIndex > 0 && random.next() % 8 == 0
      let index = isCopy ? UInt32.random(in: 0..<nextIndex, using: &random) : nextIndex
      if !isCopy { nextIndex += 1 }
      return random.sample(index, upTo: 700)
    }
    for sample in samples { offered[sample.index, default: []].insert(sample) }
    try store.append(samples)
    appended.formUnion(samples.map(\.index))
  }

  /// What is shown is what was appended, and what is durable is shown.
  private mutating func check(_ shown: [Sample]) {
    let indexes = Set(shown.map(\.index))
    #expect(indexes.count == shown.count, "a partition is shown twice")
    #expect(durable.isSubset(of: indexes), "durable results are missing")
    for sample in shown {
      #expect(offered[sample.index]?.contains(sample) == true, "\(sample.index) is not what it was")
    }
    // Recovery makes durable what it shows.
    durable.formUnion(indexes)
  }
}
