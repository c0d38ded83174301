import Columnar
import Formats
import Operators

/// The sink's part of a query: merges what the workers answered, and writes the result.
final class SQLSinkPart: SinkPart {
  private let sql: SQLOperator
  private let order: RowOrder
  private let groups: GroupFinisher?

  /// - Throws: ``SQLError`` when the plan cannot be compiled.
  init(_ sql: SQLOperator) throws(SQLError) {
    self.sql = sql
    order = RowOrder(keys: sql.plan.order)
    groups = try sql.plan.grouping.map { (grouping: Grouping) throws(SQLError) in
      try GroupFinisher(grouping, sql.plan)
    }
  }

  /// How the result is written.
  var outputFormat: OutputFormat { sql.configuration.output }

  var merge: ResultMerge {
    guard sql.strategy == .render else { return .tree }
    return sql.plan.neededRows.map { .concatenateFirst(rows: $0) } ?? .concatenate
  }

  func header() throws -> [UInt8] {
    let output = sql.configuration.output
    if output == .table { return [] }
    return RowRenderer(format: output, names: sql.plan.visibleOutput.map(\.name)).header()
  }

  func decode(_ result: UnsafeRawBufferPointer) throws -> any MergeState {
    let types = sql.plan.output.map(\.expression.type)
    let limit = sql.plan.neededRows
    do throws(PartialResultError) {
      if let groups {
        return GroupedRows(try groups.layout.decode(result), groups.layout, sql.failures)
      }
      let batches = try PartialRows.decode(result, types: types)
      switch sql.strategy {
      case .distinct: return DistinctRows(Batch(joining: batches, types: types))
      case .sort:
        return SortedRows(Batch(joining: batches, types: types), order: order, limit: limit)
      default: return CollectedRows(batches, limit: limit)
      }
    } catch {
      throw OperatorError(.operating, "\(error)")
    }
  }

  func finish(
    _ state: (any MergeState)?, write: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> Int {
    if sql.strategy == .render { return 0 }
    var writer = ResultWriter(sql.plan, sql.configuration.output)
    switch state {
    case let rows as CollectedRows:
      for batch in rows.batches where !writer.isFull { try writer.append(batch, write) }
    case let rows as SortedRows: try writeAll(rows.batch, &writer, write)
    case let rows as DistinctRows: try writeSorted(rows.batch, &writer, write)
    case let rows as GroupedRows: try writeGroups(rows, &writer, write)
    case nil:
      if let groups { try writeGroups(groups.noRows(sql.failures), &writer, write) }
    default: throw OperatorError.otherState
    }
    try writer.finish(write)
    return writer.count
  }

  private func writeGroups(
    _ rows: GroupedRows, _ writer: inout ResultWriter,
    _ write: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    guard let groups else { throw OperatorError.otherState }
    do {
      let finished = try rows.finish()
      if sql.plan.distinct || !order.keys.isEmpty {
        try writeSorted(try groups.all(finished), &writer, write)
      } else {
        for set in finished {
          for start in stride(from: 0, to: set.count, by: RowReader.batchRows)
          where !writer.isFull {
            try writer.append(try groups.chunk(set, from: start), write)
          }
        }
      }
    } catch let error as EvaluationError {
      throw sql.failures.error(error, recordOffset: nil)
    }
  }

  private func writeSorted(
    _ batch: Batch, _ writer: inout ResultWriter,
    _ write: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    guard !order.keys.isEmpty else {
      try writeAll(batch, &writer, write)
      return
    }
    let rows = order.sortedRows(batch)
    for start in stride(from: 0, to: rows.count, by: RowReader.batchRows) where !writer.isFull {
      let end = min(start + RowReader.batchRows, rows.count)
      try writer.append(batch.picking(Array(rows[start..<end])), write)
    }
  }

  private func writeAll(
    _ batch: Batch, _ writer: inout ResultWriter,
    _ write: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    for start in stride(from: 0, to: batch.count, by: RowReader.batchRows) where !writer.isFull {
      let end = min(start + RowReader.batchRows, batch.count)
      try writer.append(batch.slice(start..<end), write)
    }
  }
}
