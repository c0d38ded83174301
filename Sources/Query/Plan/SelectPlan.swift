package import Formats

/// One SELECT, bound and typed: over the input, or over rows that are held.
package struct SelectPlan: Sendable, Equatable {
  /// Indexes into the columns of what is read, ascending; slot `n` of an expression over input rows
  /// is `columns[n]`.
  package var columns: [Int]
  /// A set-returning function that makes several rows of one; its value is the slot after the
  /// columns.
  package var expansion: Expansion?
  /// Joins with tables, one after the other; the slots of each come after those before.
  package var joins: [JoinPlan]
  /// Sub-queries over tables that expressions mention by index.
  package var lookups: [Lookup]
  /// The WHERE clause over input rows, or `nil`.
  package var filter: Expression?
  /// Grouping, or `nil` when every row stands for itself.
  package var grouping: Grouping?
  /// The result's columns, over input rows or, with grouping, over groups: first the keys, then the
  /// aggregates, then the markers.
  package var output: [OutputColumn]
  /// HAVING over groups, or `nil`.
  package var having: Expression?
  /// SELECT DISTINCT over all output columns but the hidden ones.
  package var distinct: Bool
  /// DISTINCT ON: indexes into ``output`` of which equal rows but the first are left out, or `nil`.
  package var distinctOn: [Int]?
  /// ORDER BY, most significant first; empty when the order is that of the input (rows) or of first
  /// appearance (groups).
  package var order: [OrderKey]
  /// Rows to leave out at the start; 0 or more.
  package var offset: Int64
  /// Rows to give at most, or `nil` for all.
  package var limit: Int64?

  package init(
    columns: [Int], expansion: Expansion?, filter: Expression?, grouping: Grouping?,
    output: [OutputColumn], having: Expression?, distinct: Bool, order: [OrderKey], offset: Int64,
    limit: Int64?, joins: [JoinPlan] = [], lookups: [Lookup] = [], distinctOn: [Int]? = nil
  ) {
    self.columns = columns
    self.expansion = expansion
    self.joins = joins
    self.lookups = lookups
    self.filter = filter
    self.grouping = grouping
    self.output = output
    self.having = having
    self.distinct = distinct
    self.distinctOn = distinctOn
    self.order = order
    self.offset = offset
    self.limit = limit
  }

  /// Whether results are rows that need no merging: the output is theirs in partition order.
  package var isRowWise: Bool {
    grouping == nil && !distinct && distinctOn == nil && order.isEmpty
  }

  /// The columns of the result that are shown, with their types.
  package var visibleColumns: [InputColumn] {
    visibleOutput.map { InputColumn(name: $0.name, type: $0.expression.type) }
  }
}

/// A column of the result.
package struct OutputColumn: Sendable, Equatable {
  package var name: String
  package var expression: Expression
  /// Computed for ORDER BY only and not shown.
  package var hidden: Bool

  package init(name: String, expression: Expression, hidden: Bool) {
    self.name = name
    self.expression = expression
    self.hidden = hidden
  }
}

/// One ORDER BY key: an output column, perhaps a hidden one.
package struct OrderKey: Sendable, Equatable {
  /// Index into ``SelectPlan/output``.
  package var column: Int
  package var descending: Bool
  package var nullsFirst: Bool

  package init(column: Int, descending: Bool, nullsFirst: Bool) {
    self.column = column
    self.descending = descending
    self.nullsFirst = nullsFirst
  }
}

/// A set-returning function in FROM or in the select list: one row becomes one for each text piece.
package struct Expansion: Sendable, Equatable {
  /// How the text is taken apart.
  package enum Kind: Sendable, Equatable {
    /// `string_to_table(text, delimiter)` and `unnest(string_to_array(text, delimiter))`: pieces
    /// between delimiters; NULL text gives no rows, empty text none.
    case split(delimiter: String)
  }

  package var kind: Kind
  /// A text, over the input's columns.
  package var argument: Expression

  package init(kind: Kind, argument: Expression) {
    self.kind = kind
    self.argument = argument
  }
}
