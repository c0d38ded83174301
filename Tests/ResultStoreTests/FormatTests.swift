import ResultStore
import Simulation
import Testing
import Wire

@Suite struct FormatTests {
  private typealias Reference = ReferenceSegment

  @Test("A segment is, byte for byte, what the specification says")
  func golden() throws {
    let disk = SimulatedDisk(seed: 1)
    var store = try openStore(on: disk)
    let samples = [
      Sample(index: 10, rows: 1, skipped: 300, outputRows: 5, payload: [1, 2, 3]),
      Sample(index: 11, rows: 1, skipped: 7, outputRows: 70_000, payload: []),
      Sample(index: 500, rows: 1, skipped: 8, outputRows: 6, payload: [4, 5, 6, 7, 8, 9]),
    ]
    try store.append(samples)

    var columns: [UInt8] = Reference.little(UInt16(10)) + Reference.little(UInt16(11))
    columns += Reference.little(UInt16(500)) + [0, 0]
    for sample in samples { columns += Reference.little(sample.digest) }
    columns += Reference.little(UInt64(1))
    columns += [44, 1, 7, 0, 8, 0, 0, 0]
    columns += Reference.little(UInt32(5)) + Reference.little(UInt32(70_000))
    columns += Reference.little(UInt32(6)) + [0, 0, 0, 0]
    columns += [3, 0, 6, 0, 0, 0, 0, 0]
    let block = Reference.block(
      at: 64, count: 3, encodings: [2, 8, 0, 2, 4, 1], columns: columns,
      payload: [1, 2, 3, 4, 5, 6, 7, 8, 9])
    #expect(disk.contents == ["000001.segment": Reference.header() + block])

    let runs = (0..<100).map { Sample(index: $0 < 60 ? 70_000 + $0 : 9 + $0) }
    try store.append(runs)
    columns = Reference.little(UInt64(2))
    columns += Reference.little(UInt32(70_000)) + Reference.little(UInt32(60))
    columns += Reference.little(UInt32(69)) + Reference.little(UInt32(40))
    columns += Reference.little(Digest.empty) + Array(repeating: 0, count: 32)
    let second = Reference.block(
      at: UInt64(64 + block.count), count: 100, encodings: [255, 0, 0, 0, 0, 0], columns: columns,
      payload: [])
    #expect(disk.contents["000001.segment"] == Reference.header() + block + second)
    #expect(try recover(disk).samples == samples + runs)
  }

  @Test(
    "Columns of any width come back",
    arguments: [0, 1, 255, 256, 65_535, 65_536, 16_777_216, UInt32.max - 3, .max] as [UInt32])
  func widths(highest: UInt32) throws {
    let disk = SimulatedDisk(seed: 1)
    var store = try openStore(on: disk)
    // Recovery takes a bit of memory for each index below the highest.
    let index = min(max(5, highest), 1 << 24)
    let samples = [0, 1, 2, 3, 4].map { position in
      let value = position == 3 ? highest : UInt32(position)
      return Sample(
        index: position == 3 ? index : UInt32(position), rows: value, skipped: value,
        outputRows: value)
    }
    try store.append(samples)
    #expect(try recover(disk).samples == samples)
  }

  #if !DEBUG
  // Takes half a GiB, which is slow to fill where nothing is optimised.
  @Test("Runs end at the highest index and do not go round", arguments: [1, 40])
  func highestRun(length: Int) throws {
    let disk = SimulatedDisk(seed: 1)
    var store = try openStore(on: disk)
    var samples = (0..<length).map { Sample(index: UInt32.max - UInt32(length - 1 - $0)) }
    samples += (0..<length).map { Sample(index: UInt32($0)) }
    try store.append(samples)
    #expect(try recover(disk).samples == samples)
  }
  #endif

  @Test(
    "Blocks whose checksums are right but whose contents are not are no store and no trap",
    arguments: 0..<12)
  func mistakes(_ kind: Int) throws {
    let zero = Reference.little(UInt64(0))
    let constants = [zero, Reference.little(Digest.empty), zero, zero, zero, zero]
    var encodings: [UInt8] = Array(repeating: 0, count: 6)
    var count: UInt32 = 2
    var columns = constants
    var payloadLength: UInt64?
    switch kind {
    case 0: count = 0
    case 1: count = 65_537
    case 2: encodings[0] = 3
    case 3: columns.removeLast()
    case 4: columns.append(zero)
    case 5: columns[0] = Reference.little(UInt64(1) << 32)
    case 6: columns[2] = Reference.little(UInt64.max)
    case 7: columns[5] = Reference.little(UInt64.max / 2)
    case 8: (encodings[0], columns[0]) = (255, Reference.little(UInt64.max))
    case 9:
      encodings[0] = 255
      columns[0] = Reference.little(UInt64(1)) + Reference.little(UInt32.max)
      columns[0] += Reference.little(UInt32(2))
    case 10: payloadLength = .max
    default: (payloadLength, columns[5]) = (1 << 59, Reference.little(UInt64(1) << 58))
    }
    let block = Reference.block(
      at: 64, count: count, encodings: encodings, columns: columns.flatMap { $0 }, payload: [],
      payloadLength: payloadLength)
    let whole = Reference.block(
      at: UInt64(64 + block.count), count: 1, encodings: Array(repeating: 0, count: 6),
      columns: constants.flatMap { $0 }, payload: [])
    let disk = SimulatedDisk(seed: 1)
    disk.put(Reference.header() + block + whole, as: "000001.segment")
    let (samples, report) = try recover(disk)
    #expect(samples.count == 1 && report.damage.count == 1)
  }
}
