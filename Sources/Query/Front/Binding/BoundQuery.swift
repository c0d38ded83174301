import Columnar
import Formats

/// A bound query on its way into a larger one.
struct BoundQuery {
  var relation: Relation
  /// Whether each column is a quoted constant or NULL, whose type what is around may decide.
  var untyped: [Bool]

  /// Rows whose columns all have their types.
  init(_ relation: Relation) {
    self.relation = relation
    untyped = relation.columns.map { _ in false }
  }

  init(_ relation: Relation, untyped: [Bool]) {
    self.relation = relation
    self.untyped = untyped
  }

  var columns: [InputColumn] { relation.columns }
}
