/// A sub-query over tables inside an expression, whose rows are held whole.
package struct Lookup: Sendable, Equatable {
  /// What the expression asks of the rows.
  package enum Kind: Sendable, Equatable {
    /// `EXISTS`: whether some row's columns equal the operands; never NULL.
    case exists
    /// `operand IN (…)`: as `EXISTS`, NULL where the answer hangs on a NULL.
    case membership
    /// The value in the only row; NULL when there is none.
    case scalar
  }

  package var kind: Kind
  /// The rows: of tables alone. Their columns are compared with the operands, one by one.
  package var rows: Relation

  package init(kind: Kind, rows: Relation) {
    self.kind = kind
    self.rows = rows
  }
}
