import PipelineCore
import ResultStore
import Wire

/// A result with its payload, as a test thinks of it.
struct Sample: Hashable, Sendable {
  var index: UInt32
  var rows: UInt32 = 0
  var skipped: UInt32 = 0
  var outputRows: UInt32 = 0
  var payload: [UInt8] = []

  var digest: UInt64 { payload.withUnsafeBytes { Digest.xxh3($0) } }
}

/// The run and the stage of all tests' stores.
let testRun = RunID(rawValue: 0x0123_4567_89AB_CDEF)
let testStage: UInt32 = 2

/// A store that was recovered, for tests that are not about recovery.
func openStore(
  on disk: any StoreDisk, segmentSize: Int64 = 256 << 20
) throws -> ResultStore {
  var store = ResultStore(disk: disk, run: testRun, stage: testStage, segmentSize: segmentSize)
  _ = try store.recover { _ in }
  return store
}

/// Recovers the store on a disk as another process would.
func recover(
  _ disk: any StoreDisk, segmentSize: Int64 = 256 << 20
) throws -> (samples: [Sample], report: RecoveryReport) {
  var store = ResultStore(disk: disk, run: testRun, stage: testStage, segmentSize: segmentSize)
  return try store.recoverSamples()
}

extension ResultStore {
  /// Appends samples as one block.
  @discardableResult
  mutating func append(_ samples: [Sample]) throws(StoreError) -> [ResultPlace] {
    // One after the other in memory that stays, as in a message.
    let memory = UnsafeMutableRawBufferPointer.allocate(
      byteCount: samples.reduce(0) { $0 + $1.payload.count }, alignment: 1)
    defer { memory.deallocate() }
    var end = 0
    let results = samples.map { sample in
      let start = end
      end += sample.payload.count
      memory[start..<end].copyBytes(from: sample.payload)
      return NewResult(
        index: sample.index, digest: sample.digest, rows: sample.rows, skipped: sample.skipped,
        outputRows: sample.outputRows,
        payload: UnsafeRawBufferPointer(rebasing: memory[start..<end])
      )
    }
    return try append(results)
  }

  /// Makes all that was appended durable.
  mutating func flush(_ disk: any StoreDisk) throws(StoreError) {
    for name in takeUnflushed() { try disk.flush(name) }
  }

  /// Recovers, and reads each payload that was shown; a payload that is not what its digest says is
  /// an error.
  mutating func recoverSamples() throws -> (samples: [Sample], report: RecoveryReport) {
    var shown: [StoredResult] = []
    let report = try recover { shown.append($0) }
    let samples = try shown.map { result in
      Sample(
        index: result.index, rows: result.rows, skipped: result.skipped,
        outputRows: result.outputRows,
        payload: try bytes(at: result.place, digest: result.digest))
    }
    return (samples, report)
  }

  /// A payload as a whole.
  func bytes(at place: ResultPlace, digest: UInt64? = nil) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try ResultReader(disk: disk).read(place, digest: digest) { bytes += $0 }
    return bytes
  }
}
