import PipelineCore

/// What recovery has found so far.
struct RecoveredResults {
  /// What is told at the end.
  var report = RecoveryReport()
  /// Partitions whose results were shown.
  private var shown = PartitionBitmap()

  /// Shows a whole result, unless another of its partition was shown before.
  mutating func show(
    _ result: StoredResult, _ body: (StoredResult) throws -> Void
  ) throws {
    guard shown.insert(result.index) else {
      report.copies += 1
      return
    }
    report.results += 1
    report.bytes += UInt64(result.place.length)
    try body(result)
  }

  /// Notes the segments that are missing between two: they are numbered without gaps, but for the
  /// first ones, which may have been removed on purpose.
  mutating func noteMissing(from expected: UInt32, to found: UInt32) {
    guard found > expected else { return }
    for segment in expected..<found {
      report.note(
        Damage(segment: SegmentFormat.name(of: segment), offset: 0, length: 0, results: 0))
    }
  }
}
