import Columnar
import Formats
import Operators

/// The sink's part of a query: merges what the workers answered, does what stands over the SELECTs of
/// the input, and writes the result.
final class SQLSinkPart: SinkPart {
  private let sql: SQLOperator
  private let tables: TableRows
  private let sinks: [SelectSink]

  /// - Throws: ``SQLError`` when the plan cannot be compiled.
  init(_ sql: SQLOperator) throws(SQLError) {
    self.sql = sql
    let tables = TableRows(sql.configuration.tables)
    self.tables = tables
    sinks = try zip(sql.plan.scans, sql.strategies).map { (plan, strategy) throws(SQLError) in
      try SelectSink(plan, strategy: strategy, tables: tables)
    }
    try HeldRelation(sql.plan.root, tables: tables).validate()
  }

  /// How the result is written.
  var outputFormat: OutputFormat { sql.configuration.output }

  var merge: ResultMerge {
    guard sql.strategies == [.render] else { return .tree }
    return sql.plan.scans[0].neededRows.map { .concatenateFirst(rows: $0) } ?? .concatenate
  }

  func header() throws -> [UInt8] {
    let output = sql.configuration.output
    if output == .table { return [] }
    return RowRenderer(format: output, names: sql.plan.columns.map(\.name)).header()
  }

  func decode(_ result: UnsafeRawBufferPointer) throws -> any MergeState {
    do throws(PartialResultError) {
      if sinks.count == 1 { return QueryRows([try sinks[0].decode(result)], sql.failures) }
      var parts: [any MergeState] = []
      var offset = 0
      for sink in sinks { parts.append(try sink.decode(try Self.part(of: result, at: &offset))) }
      guard offset == result.count else {
        throw PartialResultError("\(result.count - offset) bytes too many")
      }
      return QueryRows(parts, sql.failures)
    } catch {
      throw OperatorError(.operating, "\(error)")
    }
  }

  /// The result of the SELECT whose length stands at `offset`.
  private static func part(
    of result: UnsafeRawBufferPointer, at offset: inout Int
  ) throws(PartialResultError) -> UnsafeRawBufferPointer {
    guard result.count - offset >= 8 else { throw PartialResultError("it ends too early") }
    let length = UInt64(littleEndian: result.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    offset += 8
    guard length <= UInt64(result.count - offset) else {
      throw PartialResultError("it ends too early")
    }
    defer { offset += Int(length) }
    return UnsafeRawBufferPointer(rebasing: result[offset..<offset + Int(length)])
  }

  func finish(
    _ state: (any MergeState)?, write: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> Int {
    if sql.strategies == [.render] { return 0 }
    var parts: [(any MergeState)?] = sinks.map { _ in nil }
    if let state {
      guard let rows = state as? QueryRows, rows.parts.count == sinks.count else {
        throw OperatorError.otherState
      }
      parts = rows.parts
    }
    var writer = ResultWriter(sql.plan.columns, sql.configuration.output)
    do {
      if case .scan = sql.plan.root {
        try sinks[0].rows(parts[0]) { try writer.append($0, write) }
      } else {
        try writeAll(parts, &writer, write)
      }
    } catch let error as EvaluationError {
      throw sql.failures.error(error, recordOffset: nil)
    } catch let error as SQLError {
      throw OperatorError(.data, error.message)
    }
    try writer.finish(write)
    return writer.count
  }

  private func writeAll(
    _ parts: [(any MergeState)?], _ writer: inout ResultWriter,
    _ write: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    var scans: [Batch] = []
    for (sink, state) in zip(sinks, parts) { scans.append(try sink.allRows(state)) }
    let batch = try HeldRelation(sql.plan.root, tables: tables).rows(scans: scans)
    for start in stride(from: 0, to: batch.count, by: RowReader.batchRows) {
      let end = min(start + RowReader.batchRows, batch.count)
      try writer.append(batch.slice(start..<end), write)
    }
  }
}
