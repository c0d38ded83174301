import Columnar
import Formats

extension SelectPlan {
  /// The types of the slots that expressions over input rows read: the columns, the expansion, and
  /// the columns of the joins.
  func slotTypes(_ schema: InputSchema) -> [ColumnType] {
    columns.map { schema.columns[$0].type } + (expansion == nil ? [] : [.text])
      + joins.flatMap { join in
        let columns = join.rows.columns
        return join.columns.map { columns[$0].type }
      }
  }

  /// A compiler for expressions over input rows, its sub-queries answered.
  ///
  /// - Throws: ``SQLError`` when the plan does not suit the columns, or a sub-query cannot be answered.
  func compiler(
    _ columns: InputSchema, _ tables: TableRows
  ) throws(SQLError) -> ExpressionCompiler {
    guard self.columns.allSatisfy(columns.columns.indices.contains) else {
      throw SQLError(position: nil, "the plan reads a column that the input does not have")
    }
    return ExpressionCompiler(
      slots: slotTypes(columns), lookups: try compiledLookups(tables))
  }

  /// The sub-queries, answered.
  func compiledLookups(_ tables: TableRows) throws(SQLError) -> [CompiledLookup] {
    try lookups.map { (lookup: Lookup) throws(SQLError) in try CompiledLookup(lookup, tables) }
  }

  /// Whether HAVING comes to a constant that is not true.
  func keepsNoGroup(_ tables: TableRows) throws(SQLError) -> Bool {
    guard let having, let grouping else { return false }
    let compiler = ExpressionCompiler(
      slots: try GroupingLayout(grouping).types, lookups: try compiledLookups(tables))
    return (try compiler.compile(having) as? ConstantNode)?.isTrue == false
  }

  /// The expressions that are evaluated for rows that passed the filter.
  var inputExpressions: [Expression] {
    guard let grouping else { return output.map(\.expression) }
    return grouping.keys
      + grouping.aggregates.flatMap { call in call.arguments + (call.filter.map { [$0] } ?? []) }
  }

  /// The most rows that are needed of a part of the result: offset and limit; `nil` for all.
  var neededRows: Int? {
    guard let limit else { return nil }
    let (sum, overflow) = Int(clamping: offset).addingReportingOverflow(Int(clamping: limit))
    return overflow ? nil : sum
  }

  /// The columns of the result that are shown.
  var visibleOutput: [OutputColumn] { output.filter { !$0.hidden } }
}
