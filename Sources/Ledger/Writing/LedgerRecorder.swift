import GRDB
import PipelineCore

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Writes batches into a ledger and knows what the table of stored partitions looks like.
struct LedgerRecorder {
  private let ledger: Ledger
  private let session: Int64
  private var stored: [UInt32: StoredRanges]
  private var inQuarantine: Set<PartitionID>

  /// - Throws: ``LedgerError`` when the ledger cannot be read.
  init(_ ledger: Ledger, session: Int64) throws(LedgerError) {
    self.ledger = ledger
    self.session = session
    stored = Dictionary(grouping: try ledger.stored(), by: \.stage)
      .reduce(into: [:]) { $0[$1.key] = StoredRanges(stage: $1.key, recorded: $1.value) }
    inQuarantine = Set(try ledger.quarantined().map(\.quarantined.partition))
  }

  /// Makes what is in the ledger so far survive loss of power.
  func settle() throws(LedgerError) { try ledger.settle() }

  /// Writes a batch and how the session ended, in one transaction, and then removes the bytes that were
  /// kept of partitions that turned out to be stored.
  ///
  /// - Throws: ``LedgerError``; nothing of the batch is written then, unless it is the bytes that could
  ///   not be removed, and nothing may be written later.
  mutating func record(_ batch: LedgerBatch, _ outcome: RunOutcome?) throws(LedgerError) {
    let changes = absorb(batch.stored)
    let entered = batch.quarantined.filter { !isStored($0.quarantined.partition) }
    let passedOver = batch.quarantined.map(\.quarantined.partition).filter(isStored)
    inQuarantine.formUnion(entered.map(\.quarantined.partition))
    let left = inQuarantine.filter(isStored)
    inQuarantine.subtract(left)
    try ledger.write { database in
      for event in batch.events { try insert(event, database) }
      for record in entered { try insert(record, database) }
      for partition in left {
        try database.cachedStatement(
          sql: "DELETE FROM quarantined WHERE stage = ? AND partition = ?"
        ).execute(arguments: [Int64(partition.stage), Int64(partition.index)])
      }
      for (stage, changes) in changes {
        for (first, range) in changes { try write(stage, first, range, database) }
      }
      if let outcome { try ledger.end(session, outcome, in: database) }
    }
    // Only now, so that the ledger never names bytes that are gone.
    for partition in left.union(passedOver) { try removeBytes(of: partition) }
  }

  private func removeBytes(of partition: PartitionID) throws(LedgerError) {
    let path =
      "\(Directory.parent(of: ledger.path))/\(RunFiles.quarantinedBytes(of: partition))"
    guard unlink(path) == 0 || errno == ENOENT else { throw .system("unlink", errno, path: path) }
  }

  private func isStored(_ partition: PartitionID) -> Bool {
    stored[partition.stage]?.contains(partition.index) ?? false
  }

  /// Takes stored partitions in.
  ///
  /// - Returns: by stage, the rows that change.
  private mutating func absorb(
    _ batch: [LedgerBatch.Stored]
  ) -> [(stage: UInt32, changes: [(first: UInt32, range: StoredRange?)])] {
    for added in batch {
      stored[added.stage, default: StoredRanges(stage: added.stage)]
        .insert(Self.ascending(added.results))
    }
    return Set(batch.map(\.stage)).sorted().map { ($0, stored[$0]?.takeChanges() ?? []) }
  }

  private static func ascending(
    _ results: [(index: UInt32, digest: UInt64)]
  ) -> [(index: UInt32, digest: UInt64)] {
    for position in results.indices.dropFirst()
    where results[position].index < results[position - 1].index {
      return results.sorted { $0.index < $1.index }
    }
    return results
  }

  private func write(
    _ stage: UInt32, _ first: UInt32, _ range: StoredRange?, _ database: Database
  ) throws {
    if let range {
      try database.cachedStatement(
        sql: "INSERT OR REPLACE INTO stored (stage, first, last, digest) VALUES (?, ?, ?, ?)"
      ).execute(arguments: [
        Int64(stage), Int64(first), Int64(range.last), Int64(bitPattern: range.digest),
      ])
    } else {
      try database.cachedStatement(sql: "DELETE FROM stored WHERE stage = ? AND first = ?")
        .execute(arguments: [Int64(stage), Int64(first)])
    }
  }

  private func insert(_ event: LedgerEvent, _ database: Database) throws {
    try database.cachedStatement(
      sql: """
        INSERT INTO event (session, at, kind, node, stage, partition, json)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      session, event.at, event.kind, event.node.map { Int64(bitPattern: $0.rawValue) },
      event.partition.map { Int64($0.stage) }, event.partition.map { Int64($0.index) }, event.json,
    ])
  }

  private func insert(_ record: QuarantineRecord, _ database: Database) throws {
    let quarantined = record.quarantined
    let failure = quarantined.failure
    try database.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO quarantined
          (stage, partition, attempts, kind, message, file, offset, field, at, bytes, slice)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      Int64(quarantined.partition.stage), Int64(quarantined.partition.index),
      Int64(quarantined.attempts), Int64(failure.kind.rawValue), failure.message,
      Int64(failure.file), failure.offset, Int64(failure.field), record.at, record.bytes,
      record.slice.text,
    ])
  }
}
