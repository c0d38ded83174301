import ResultStore
import Simulation
import Testing

@Suite struct PowerLossTests {
  @Test(
    "The power goes at every call: what was flushed is there, and what is there is right",
    arguments: 0..<400 as Range<UInt64>)
  func everyCall(seed: UInt64) throws {
    var operation = 0
    var lasted = false
    while !lasted {
      operation += 1
      // The same calls up to the one at which the power goes.
      let disk = SimulatedDisk(seed: seed &* 1_000 &+ UInt64(operation))
      var workload = Workload(seed: seed)
      disk.failPower(atOperation: operation)
      lasted = try workload.run(on: disk, steps: 9)
      try workload.losePower(disk)
      // It goes on, and the power goes again, somewhere in recovery or after it.
      disk.failPower(atOperation: 1 + Int(seed % 17) + operation % 5)
      _ = try workload.run(on: disk, steps: 4)
      try workload.losePower(disk)
      _ = try workload.run(on: disk, steps: 2)
      try workload.losePower(disk)
    }
    #expect(operation > 3)
  }

  @Test(
    "What a process left in memory when it died is made durable by recovery",
    arguments: 0..<50 as Range<UInt64>)
  func deathThenPowerLoss(seed: UInt64) throws {
    let disk = SimulatedDisk(seed: seed)
    let samples = (0..<20 as Range<UInt32>).map { Sample(index: $0, payload: [1, 2, 3]) }
    var store = try openStore(on: disk, segmentSize: 300)
    for sample in samples { try store.append([sample]) }
    disk.restart()
    #expect(try recover(disk).samples == samples)
    disk.losePower()
    #expect(try recover(disk).samples == samples)
  }

  @Test("A process may die within any append", arguments: 0..<300)
  func deathWithinAppend(bytes: Int) throws {
    let disk = SimulatedDisk(seed: 1)
    var store = try openStore(on: disk)
    let samples = [Sample(index: 1, payload: [1, 2, 3]), Sample(index: 2)]
    try store.append(samples)
    // The cut that follows the failure does not come about either.
    disk.failNextAppend(after: bytes)
    disk.failNextTruncate()
    let more = Sample(index: 3, payload: Array(repeating: 7, count: 150))
    #expect(throws: StoreError.self) { try store.append([more]) }
    disk.restart()
    let shown = try recover(disk).samples
    #expect(shown == samples || shown == samples + [more])
    #expect((shown.count == 3) == (bytes >= 56 + 48 + 152))
  }
}
