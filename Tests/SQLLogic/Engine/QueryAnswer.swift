/// What a query gave.
package struct QueryAnswer: Sendable, Equatable {
  /// The columns' names.
  package var names: [String]
  /// The columns' types, by PostgreSQL's names.
  package var types: [String]
  /// The values as text; `nil` for NULL.
  package var rows: [[String?]]

  package init(names: [String], types: [String], rows: [[String?]]) {
    self.names = names
    self.types = types
    self.rows = rows
  }
}
