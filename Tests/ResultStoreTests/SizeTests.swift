import Foundation
import PipelineCore
import ResultStore
import Testing
import Wire

@Suite struct SizeTests {
  /// The whole size where it takes a moment, and a part of it where it does not.
  private static let count: UInt32 = {
    #if DEBUG
    return 400_000
    #else
    return 10_000_000
    #endif
  }()

  @Test("Ten million empty results take a few hundred KB of disk and no memory that grows")
  func emptyResults() async {
    // In a process of its own: the other tests take memory at the same time.
    await #expect(processExitsWith: .success) { try SizeTests.appendAndRecover() }
  }

  fileprivate static func appendAndRecover() throws {
    let place = try TestDirectory()
    let disk = try FileDisk(directory: place.path)
    var store = try openStore(on: disk)
    var block = (0..<4_096 as Range<UInt32>).map {
      NewResult(index: $0, digest: Digest.empty, rows: 64, skipped: 0, outputRows: 0)
    }
    var places: [ResultPlace] = []
    func appendAll(_ range: Range<UInt32>) throws {
      for start in stride(from: range.lowerBound, to: range.upperBound, by: 4_096) {
        for position in block.indices { block[position].index = start + UInt32(position) }
        places.removeAll(keepingCapacity: true)
        try store.append(block, places: &places)
      }
    }
    let half = count / 2 / 4_096 * 4_096
    try appendAll(0..<half)
    let before = try residentBytes()
    try appendAll(half..<half * 2)
    #expect(try residentBytes() - before < 4 << 20)
    try store.flush(disk)

    let size = try disk.names().reduce(0) { try $0 + disk.size(of: $1) }
    // A block is 112 bytes: 10 million results are 273 KB.
    #expect(size == Int64(64 + half * 2 / 4_096 * 112))

    var shown: UInt32 = 0
    var inOrder = true
    let report = try store.recover { result in
      inOrder = inOrder && result.index == shown && result.rows == 64
      shown += 1
    }
    #expect(inOrder && shown == half * 2 && report.isClean)
    // One bit for each partition.
    #expect(try residentBytes() - before < 12 << 20)
  }

  private static func residentBytes() throws -> Int {
    #if os(Linux)
    let fields = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(
      separator: " ")
    return try #require(Int(fields[1])) * 4_096
    #else
    return 0
    #endif
  }
}
