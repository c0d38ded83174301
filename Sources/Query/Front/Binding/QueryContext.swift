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
  let budget = RelationBudget()
}

/// A query of WITH, bound anew wherever it is named.
struct CommonQuery {
  var name: String
  /// Names for its columns, from the first on.
  var columns: [String]
  var query: SyntaxNode
}

/// Limits how many relations a query is made of.
final class RelationBudget {
  /// The most there may be once every query of WITH is written out where it is named.
  static let most = 64
  private var count = 0

  /// Counts one more.
  ///
  /// - Throws: ``SQLError`` when that is too many.
  func spend(at position: Int) throws(SQLError) {
    count += 1
    guard count <= Self.most else {
      throw SQLError(
        position: position,
        "the query reads more than \(Self.most) relations once those of WITH are written out; "
          + "split it over stages")
    }
  }
}
