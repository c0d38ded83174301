import GRDB

extension Ledger {
  /// The partitions known as stored, ascending.
  ///
  /// - Parameter stage: of this stage only; `nil` for all.
  /// - Throws: ``LedgerError``.
  package func stored(stage: UInt32? = nil) throws(LedgerError) -> [StoredRange] {
    try read { try ranges($0, stage) }
  }

  /// How many partitions are known as stored, in all stages.
  ///
  /// - Throws: ``LedgerError``.
  package func storedCount() throws(LedgerError) -> Int {
    try read { database in
      try rows(database, "SELECT ifnull(sum(last - first + 1), 0) FROM stored") {
        try $0.number(0, as: Int.self)
      }.first ?? 0
    }
  }

  /// A comparison of the ranges of a stage with what the segments have, fed partition by partition.
  ///
  /// - Throws: ``LedgerError``.
  package func verification(stage: UInt32) throws(LedgerError) -> StoredVerification {
    StoredVerification(try stored(stage: stage))
  }

  private func ranges(_ database: Database, _ stage: UInt32?) throws -> [StoredRange] {
    var end: (stage: UInt32, last: UInt32)?
    return try rows(
      database,
      """
      SELECT stage, first, last, digest FROM stored WHERE ifnull(stage = ?, true)
      ORDER BY stage, first
      """, [stage.map { Int64($0) }]
    ) { row in
      let (stage, first, last): (UInt32, UInt32, UInt32) = (
        try row.number(0), try row.number(1), try row.number(2)
      )
      guard first <= last, end.map({ ($0.stage, $0.last) < (stage, first) }) ?? true else {
        throw row.contradiction("the stored partitions \(first) to \(last) contradict others")
      }
      end = (stage, last)
      return StoredRange(stage: stage, first: first, last: last, digest: try row.bits(3))
    }
  }
}
