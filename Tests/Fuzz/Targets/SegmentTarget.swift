import PipelineCore
import ResultStore
import Simulation
import Wire

/// The segments of a result store: what recovery shows can be read, is shown again by the next
/// recovery, and stays there when more is appended.
enum SegmentTarget: FuzzTarget {
  static let name = "segments"

  static var seeds: [[UInt8]] { SegmentSeeds.inputs }

  /// A partition of which no seed has a result.
  private static let fresh: UInt32 = 4_000_000
  private static let payload: [UInt8] = [1, 2, 3]

  static func feed(_ input: UnsafeRawBufferPointer) {
    guard let input = SegmentInput(input) else { return }
    let disk = SimulatedDisk(seed: 1)
    do {
      for (number, bytes) in input.segments.enumerated() {
        try bytes.withUnsafeBytes { try disk.append([$0], to: "00000\(number + 1).segment") }
      }
    } catch {
      fatalError("the disk in memory fails: \(error)")
    }
    var store = ResultStore(disk: disk, run: SegmentInput.run, stage: SegmentInput.stage)
    guard let (first, _) = recover(&store) else { return }
    read(first, from: disk)
    guard let (again, report) = recover(&store) else { fatalError("the store is refused now") }
    require(again == first, "another recovery shows other results")
    require(report.cut == nil, "another recovery cuts again: \(report)")
    append(to: &store, first)
  }

  /// What recovery shows, and what it tells; `nil` when the store is refused.
  private static func recover(
    _ store: inout ResultStore
  ) -> (results: [StoredResult], report: RecoveryReport)? {
    var results: [StoredResult] = []
    do {
      let report = try store.recover { results.append($0) }
      require(report.results == UInt64(results.count), "\(report) of \(results.count) results")
      require(
        Set(results.map(\.index)).count == results.count, "a partition's result is shown twice")
      return (results, report)
    } catch {
      guard let refusal = error as? StoreError else { fatalError("recovery throws \(error)") }
      require(!refusal.cause.isEmpty && !refusal.remedy.isEmpty, "a refusal says why")
      return nil
    }
  }

  private static func read(_ results: [StoredResult], from disk: SimulatedDisk) {
    let reader = ResultReader(disk: disk)
    for result in results {
      var count = 0
      do {
        try reader.read(result.place) { count += $0.count }
      } catch {
        fatalError("\(result) cannot be read: \(error)")
      }
      require(count == result.place.length, "\(result) has \(count) bytes")
    }
  }

  private static func append(to store: inout ResultStore, _ before: [StoredResult]) {
    do {
      try payload.withUnsafeBytes { payload in
        _ = try store.append([
          NewResult(
            index: fresh, digest: 1, rows: 2, skipped: 3, outputRows: 4, payload: payload)
        ])
      }
    } catch {
      fatalError("nothing can be appended after recovery: \(error)")
    }
    guard let (after, _) = recover(&store) else { fatalError("the store is refused after append") }
    if before.contains(where: { $0.index == fresh }) {
      require(after == before, "the first copy of a result does not win")
    } else {
      require(after.dropLast() == before[...], "results are lost by an append")
      require(after.last?.index == fresh, "the appended result is not there")
    }
  }
}
