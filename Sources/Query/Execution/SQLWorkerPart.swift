import Columnar
import Formats
import Operators

/// The worker's part of a query: carries out each of its SELECTs over the input.
///
/// One SELECT's result is the partition's result. Of several, each stands behind its length, a
/// little-endian 64-bit number.
final class SQLWorkerPart: WorkerPart {
  private let workers: [SelectWorker]
  private let failures: SQLFailures
  private let isRange: Bool

  /// - Throws: ``SQLError`` when the plan cannot be compiled.
  init(_ sql: SQLOperator) throws(SQLError) {
    let configuration = sql.configuration
    let tables = TableRows(configuration.tables)
    workers = try zip(sql.plan.scans, sql.strategies).map { (plan, strategy) throws(SQLError) in
      try SelectWorker(
        plan, configuration.schema,
        scan: makeScan(
          format: configuration.input, schema: configuration.schema, needed: plan.columns),
        strategy: strategy, output: configuration.output, tables: tables)
    }
    failures = sql.failures
    isRange = configuration.input.kind == .range
  }

  func process(
    _ partition: PartitionInput, into result: inout ResultBuffer
  ) throws -> PartitionCounts {
    switch partition.content {
    case .range where !isRange, .bytes where isRange:
      throw OperatorError(
        .configuration, "the query was planned for another kind of source than this partition's")
    default: break
    }
    do {
      if workers.count == 1 { return try workers[0].process(partition, into: &result) }
      return try processAll(partition, into: &result)
    } catch let error as RowError {
      throw failures.error(error.failure, recordOffset: error.recordOffset)
    } catch let error as ScanError {
      throw OperatorError(
        .data, error.message, recordOffset: error.recordOffset, field: error.field)
    }
  }

  private func processAll(
    _ partition: PartitionInput, into result: inout ResultBuffer
  ) throws -> PartitionCounts {
    var counts = PartitionCounts(rows: 0)
    var part = ResultBuffer()
    for worker in workers {
      part.removeAll()
      let own = try worker.process(partition, into: &part)
      counts.rows = max(counts.rows, own.rows)
      counts.skipped = max(counts.skipped, own.skipped)
      counts.outputRows += own.outputRows
      result.append(UInt64(part.count).littleEndianBytes)
      result.append(part.bytes)
    }
    return counts
  }
}

extension UInt64 {
  fileprivate var littleEndianBytes: [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: self >> ($0 * 8)) }
  }
}
