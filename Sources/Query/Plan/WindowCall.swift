package import Columnar

/// A window function over the rows of a relation: one value for each row.
package struct WindowCall: Sendable, Equatable {
  /// What is computed.
  package enum Kind: Sendable, Equatable {
    case rowNumber, rank, denseRank, percentRank, cumulativeDistribution, buckets
    case lag, lead, firstValue, lastValue, nthValue
    /// An aggregate over the frame; its argument and filter are over the rows' columns.
    case aggregate(AggregateCall)
  }

  package var kind: Kind
  /// Over the rows' columns: of `ntile` the number, of `lag` and `lead` value, distance and default.
  package var arguments: [Expression]
  /// What rows of a partition have in common, over the rows' columns.
  package var partition: [Expression]
  /// The order within a partition.
  package var order: [WindowOrder]
  /// Which rows of the partition an aggregate, or `first_value` and the like, look at.
  package var frame: WindowFrame
  /// The name of the column.
  package var name: String
  package var type: ColumnType
  /// Byte offset in the SQL text.
  package var position: Int

  package init(
    kind: Kind, arguments: [Expression], partition: [Expression], order: [WindowOrder],
    frame: WindowFrame, name: String, type: ColumnType, position: Int
  ) {
    self.kind = kind
    self.arguments = arguments
    self.partition = partition
    self.order = order
    self.frame = frame
    self.name = name
    self.type = type
    self.position = position
  }
}

/// One key of a window's ORDER BY.
package struct WindowOrder: Sendable, Equatable {
  package var expression: Expression
  package var descending: Bool
  package var nullsFirst: Bool

  package init(expression: Expression, descending: Bool, nullsFirst: Bool) {
    self.expression = expression
    self.descending = descending
    self.nullsFirst = nullsFirst
  }
}

/// The rows around a row that a window function looks at.
package struct WindowFrame: Sendable, Equatable {
  /// What distances count.
  package enum Unit: Sendable, Equatable {
    case rows
    /// Groups of rows that are equal in the window's order.
    case groups
    /// As `groups`, and distances are differences of the order's only key.
    case range
  }

  /// One end of the frame.
  package enum Bound: Sendable, Equatable {
    case unboundedPreceding, currentRow, unboundedFollowing
    /// A constant of type bigint for rows and groups, otherwise one that the key can be compared with.
    case preceding(Expression)
    case following(Expression)
  }

  /// Rows that are left out of the frame.
  package enum Exclusion: Sendable, Equatable { case none, currentRow, group, ties }

  package var unit: Unit
  package var start: Bound
  package var end: Bound
  package var exclusion: Exclusion

  package init(unit: Unit, start: Bound, end: Bound, exclusion: Exclusion) {
    self.unit = unit
    self.start = start
    self.end = end
    self.exclusion = exclusion
  }

  /// From the partition's start through the rows that equal this one in the window's order.
  package static var standard: WindowFrame {
    WindowFrame(unit: .range, start: .unboundedPreceding, end: .currentRow, exclusion: .none)
  }
}
