import PipelineCore

/// What one transaction of the writer records.
struct LedgerBatch {
  var events: [LedgerEvent] = []
  var quarantined: [QuarantineRecord] = []
  var stored: [(partition: PartitionID, digest: UInt64)] = []

  /// Records other than stored partitions.
  var records: Int { events.count + quarantined.count }
  var isEmpty: Bool { records == 0 && stored.isEmpty }
}
