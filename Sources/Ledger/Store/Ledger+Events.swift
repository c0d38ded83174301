import GRDB
import PipelineCore

extension Ledger {
  /// Events in the order of recording, a page at a time.
  ///
  /// - Parameters:
  ///   - filter: which are wanted.
  ///   - number: those after the one of this number; 0 for the first page.
  ///   - limit: how many at most, from 1.
  /// - Throws: ``LedgerError``.
  package func events(
    _ filter: LedgerEvent.Filter = LedgerEvent.Filter(), after number: Int64 = 0, limit: Int = 1000
  ) throws(LedgerError) -> [LedgerEvent.Recorded] {
    let (condition, arguments) = Self.condition(filter, after: number, limit: limit)
    return try read { database in
      try rows(
        database,
        """
        SELECT number, session, at, kind, node, stage, partition, json FROM event
        WHERE \(condition) ORDER BY number LIMIT ?
        """, arguments
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

  /// How many events of each kind there are, by kind.
  ///
  /// - Throws: ``LedgerError``.
  package func eventCounts() throws(LedgerError) -> [(kind: String, count: Int)] {
    try read { database in
      try rows(database, "SELECT kind, count(*) FROM event GROUP BY kind ORDER BY kind") { row in
        (kind: try row.text(0), count: try row.number(1))
      }
    }
  }

  private static func condition(
    _ filter: LedgerEvent.Filter, after number: Int64, limit: Int
  ) -> (String, StatementArguments) {
    var conditions = ["number > ?"]
    var arguments: StatementArguments = [number]
    if let kinds = filter.kinds {
      conditions.append("kind IN (\(kinds.map { _ in "?" }.joined(separator: ", ")))")
      arguments += StatementArguments(kinds)
    }
    if let node = filter.node {
      conditions.append("node = ?")
      arguments += [Int64(bitPattern: node.rawValue)]
    }
    if let partition = filter.partition {
      conditions.append("stage = ? AND partition = ?")
      arguments += [Int64(partition.stage), Int64(partition.index)]
    }
    if let session = filter.session {
      conditions.append("session = ?")
      arguments += [session]
    }
    arguments += [max(1, limit)]
    return (conditions.joined(separator: " AND "), arguments)
  }
}
