import GRDB
import PipelineCore

extension Ledger {
  /// Events in the order of recording, a page at a time.
  ///
  /// - Parameters:
  ///   - number: those after the one of this number; 0 for the first page.
  ///   - limit: how many at most, from 1.
  /// - Throws: ``LedgerError``.
  package func events(
    after number: Int64 = 0, limit: Int = 1000
  ) throws(LedgerError) -> [LedgerEvent.Recorded] {
    try read { database in
      try rows(
        database,
        """
        SELECT number, session, at, kind, node, stage, partition, json FROM event
        WHERE number > ? ORDER BY number LIMIT ?
        """, [number, max(1, limit)]
      ) { row in
        let node = row.isNull(4) ? nil : NodeID(rawValue: try row.bits(4))
        let partition =
          row.isNull(6) ? nil : PartitionID(stage: try row.number(5), index: try row.number(6))
        return LedgerEvent.Recorded(
          number: try row.number(0), session: try row.number(1),
          event: LedgerEvent(
            at: try row.number(2), kind: try row.text(3), node: node, partition: partition,
            json: try row.text(7)))
      }
    }
  }
}
