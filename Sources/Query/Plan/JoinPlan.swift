/// A join of the rows so far with the rows of tables, which are held whole.
package struct JoinPlan: Sendable, Equatable {
  /// What becomes of rows that have no partner.
  package enum Kind: Sendable, Equatable {
    /// They are left out.
    case inner
    /// They are kept, with NULL in the table's columns.
    case left
  }

  /// Two expressions that must be equal; NULL equals nothing.
  package struct Key: Sendable, Equatable {
    /// Over the slots of the row before the join.
    package var row: Expression
    /// Over the columns of ``JoinPlan/rows``, of the same type.
    package var table: Expression

    package init(row: Expression, table: Expression) {
      self.row = row
      self.table = table
    }
  }

  package var kind: Kind
  /// What is joined: rows of tables alone.
  package var rows: Relation
  /// Indexes of the columns of ``rows`` that become slots after those there are, in this order.
  package var columns: [Int]
  /// Without any, every row is a candidate.
  package var keys: [Key]
  /// What else partners must meet, over the slots with those of this join; `nil` for nothing.
  package var condition: Expression?

  package init(
    kind: Kind, rows: Relation, columns: [Int], keys: [Key], condition: Expression?
  ) {
    self.kind = kind
    self.rows = rows
    self.columns = columns
    self.keys = keys
    self.condition = condition
  }
}
