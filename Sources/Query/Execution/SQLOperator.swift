import Columnar
import Formats
package import Operators

/// An SQL stage: one query over the records of a source.
package struct SQLOperator: Operator {
  /// The name it is registered under.
  package static let name = "sql"

  /// What the operator was made from.
  package let configuration: SQLConfiguration
  /// The query, bound and typed.
  package let plan: QueryPlan
  /// How each SELECT over the input is divided.
  package let strategies: [SQLStrategy]
  let failures: SQLFailures

  /// An operator that is known to work: the query is bound and every part of it compiled.
  ///
  /// - Throws: ``SQLError`` with the position of what is wrong in the query.
  package init(_ configuration: SQLConfiguration) throws(SQLError) {
    self.configuration = configuration
    if case .bytes = configuration.input.kind {
      throw SQLError(
        position: nil, "format: bytes has no records for SQL; use csv, tsv, jsonl or text")
    }
    let plan = try QueryPlan(
      sql: configuration.sql, schema: configuration.schema,
      tables: configuration.tables.enumerated().map { index, table in
        TableReference(index: index, name: table.name, columns: table.schema.columns)
      })
    self.plan = plan
    strategies =
      if case .scan(let only) = plan.root {
        [SQLStrategy(only, output: configuration.output)]
      } else {
        plan.scans.map { SQLStrategy($0, output: nil) }
      }
    failures = SQLFailures(sql: configuration.sql)
    _ = try SQLWorkerPart(self)
    _ = try SQLSinkPart(self)
  }

  /// Adds the operator to a registry under ``name``.
  package static func register(in registry: inout OperatorRegistry) {
    registry.register(name) { bytes in
      let configuration = try SQLConfiguration(decoding: bytes)
      return try refusing { () throws(SQLError) in try SQLOperator(configuration) }
    }
  }

  package func makeWorkerPart() throws -> any WorkerPart {
    try Self.refusing { () throws(SQLError) in try SQLWorkerPart(self) }
  }

  package func makeSinkPart() throws -> any SinkPart {
    try Self.refusing { () throws(SQLError) in try SQLSinkPart(self) }
  }

  private static func refusing<Value>(
    _ body: () throws(SQLError) -> Value
  ) throws(OperatorError) -> Value {
    do {
      return try body()
    } catch {
      throw OperatorError(.configuration, error.message)
    }
  }
}
