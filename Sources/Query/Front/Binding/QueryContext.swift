import Formats

/// What all parts of a query are bound with.
struct QueryContext {
  /// The SQL text's bytes.
  let source: [UInt8]
  /// The input's columns.
  let schema: InputSchema
  /// The topology's tables.
  let tables: [TableReference]
  /// The queries of WITH, innermost last; each sees those before it.
  var common: [CommonQuery] = []
  /// Sub-queries around.
  var depth = 0
  /// Counts what the query reads, so that WITH cannot double it without end.
  var budget = RelationBudget()
}

/// A query of WITH.
struct CommonQuery {
  var name: String
  var bound: BoundQuery
  /// The relations it is made of, which are read wherever it is named.
  var cost: Int
}

/// Limits how many relations a query is made of.
final class RelationBudget {
  /// The most there may be once every query of WITH is written out where it is named.
  static let most = 64
  private(set) var count = 0

  /// Counts one more, or several.
  ///
  /// - Throws: ``SQLError`` when that is too many.
  func spend(_ relations: Int = 1, at position: Int) throws(SQLError) {
    count += relations
    guard count <= Self.most else {
      throw SQLError(
        position: position,
        "the query reads more than \(Self.most) relations once those of WITH are written out; "
          + "split it over stages")
    }
  }
}
