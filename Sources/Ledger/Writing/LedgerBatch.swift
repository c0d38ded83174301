import PipelineCore

/// What one transaction of the writer records.
struct LedgerBatch {
  var events: [LedgerEvent] = []
  var quarantined: [QuarantineRecord] = []
  /// In the order in which they were posted.
  private(set) var stored: [Stored] = []
  /// Partitions in ``stored``.
  private(set) var storedCount = 0

  /// Partitions of one stage.
  struct Stored {
    var stage: UInt32
    var results: [(index: UInt32, digest: UInt64)]
  }

  /// Adds stored partitions.
  mutating func add(_ results: [(index: UInt32, digest: UInt64)], stage: UInt32) {
    stored.append(Stored(stage: stage, results: results))
    storedCount += results.count
  }

  /// Records other than stored partitions.
  var records: Int { events.count + quarantined.count }
  var isEmpty: Bool { records == 0 && stored.isEmpty }
}
