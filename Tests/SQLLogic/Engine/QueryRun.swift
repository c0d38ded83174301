import Columnar
import Formats
import Foundation
import Operators
import Query

/// Runs queries over a table as workers and a sink do, in this process.
package struct QueryRun: Sendable {
  /// The rows that are read.
  package var table: QueryTable
  /// The tables that queries may name besides, by their names.
  package var others: [String: QueryTable]
  /// Into how many partitions the rows are cut; 1 or more.
  package var partitions: Int
  /// Whether the rows are read as JSON Lines instead of CSV.
  package var readsJSON: Bool

  package init(
    table: QueryTable, others: [String: QueryTable] = [:], partitions: Int = 1,
    readsJSON: Bool = false
  ) {
    self.table = table
    self.others = others
    self.partitions = partitions
    self.readsJSON = readsJSON
  }

  /// The query's answer.
  ///
  /// - Parameter sql: one query over `input` and ``others``.
  package func answer(to sql: String) throws(QueryFailure) -> QueryAnswer {
    let query = try prepare(sql)
    let columns = query.plan.columns
    let output: [UInt8]
    do {
      output = try carryOut(query)
    } catch {
      throw QueryFailure(isRefusal: false, message: "\(error)")
    }
    guard let rows = DelimitedReader.rows(output, columns: columns.count) else {
      throw QueryFailure(
        isRefusal: false,
        message: "the output is no CSV: \(String(decoding: output, as: UTF8.self))")
    }
    return QueryAnswer(
      names: columns.map(\.name), types: columns.map(\.type.name), rows: rows)
  }

  private func prepare(_ sql: String) throws(QueryFailure) -> SQLOperator {
    do throws(SQLError) {
      return try SQLOperator(
        SQLConfiguration(
          sql: sql, input: readsJSON ? .jsonLines : .csv, schema: table.schema,
          output: .delimited(DelimitedOutput(header: false)), tables: tables))
    } catch {
      throw QueryFailure(isRefusal: true, message: error.message)
    }
  }

  /// The other tables as a topology's queries carry them.
  private var tables: [SQLTable] {
    others.sorted { $0.key < $1.key }.map { name, table in
      SQLTable(
        name: name, format: .csv, schema: table.schema,
        records: Data(table.partitions(1, asJSON: false)[0]))
    }
  }

  private func carryOut(_ query: SQLOperator) throws -> [UInt8] {
    let worker = try query.makeWorkerPart()
    var results: [(bytes: [UInt8], rows: Int)] = []
    var buffer = ResultBuffer()
    for (index, partition) in table.partitions(partitions, asJSON: readsJSON).enumerated() {
      buffer.removeAll()
      let counts = try partition.withUnsafeBytes {
        try worker.process(
          PartitionInput(content: .bytes($0), file: 0, offset: Int64(index)), into: &buffer)
      }
      results.append((Array(buffer.bytes), counts.outputRows))
    }
    return try Self.merge(results, try query.makeSinkPart())
  }

  /// Makes one output of the results as the sink of a run does.
  private static func merge(
    _ results: [(bytes: [UInt8], rows: Int)], _ sink: any SinkPart
  ) throws -> [UInt8] {
    var output = try sink.header()
    switch sink.merge {
    case .concatenate: output += results.flatMap(\.bytes)
    case .concatenateFirst(var left):
      guard let trimmer = sink as? any ResultTrimmer else {
        throw QueryFailure(isRefusal: false, message: "a limited result cannot be cut")
      }
      for (bytes, rows) in results {
        let kept = min(left, rows)
        output +=
          bytes[..<(try bytes.withUnsafeBytes { try trimmer.prefixLength(of: $0, rows: kept) })]
        left -= kept
      }
    case .tree:
      var states = try results.map { result in
        try result.bytes.withUnsafeBytes { try sink.decode($0) }
      }
      // Neighbours in rounds: the shape of the sink's tree.
      while states.count > 1 {
        states = try stride(from: 0, to: states.count, by: 2).map { index in
          if index + 1 < states.count { try states[index].merge(states[index + 1]) }
          return states[index]
        }
      }
      _ = try sink.finish(states.first) { output += $0 }
    }
    return output
  }
}
