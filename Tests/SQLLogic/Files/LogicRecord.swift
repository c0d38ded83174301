/// One record of a file of SQL tests.
package struct LogicRecord: Sendable, Equatable {
  /// `skipif` and `onlyif`.
  package struct Condition: Sendable, Equatable {
    /// Whether the named system leaves the record out; otherwise only that one runs it.
    package var isSkip: Bool
    package var system: String
  }

  /// What order the values are compared in.
  package enum Sort: String, Sendable {
    case nosort, rowsort, valuesort
  }

  /// What the record demands.
  package enum Kind: Sendable, Equatable {
    /// The statement works.
    case statement
    /// The statement fails, with this in its message.
    case failure(message: String)
    /// The query gives these lines, in columns shown as `types` says: a letter each, `I` for whole
    /// numbers, `R` for numbers with three decimals, `T` for text.
    case query(types: [Character], sort: Sort, expected: [String])
    /// Results with more values are given by their hash; 0 for none.
    case hashThreshold(Int)
  }

  /// The number of the record's first line, from 1.
  package var line: Int
  package var conditions: [Condition]
  package var sql: String
  package var kind: Kind
  /// The lines of the file, from 0, that hold what a query is expected to give.
  package var expectedLines: Range<Int>

  /// Whether a system of these names runs the record.
  package func isFor(_ systems: Set<String>) -> Bool {
    conditions.allSatisfy { $0.isSkip != systems.contains($0.system) }
  }
}
