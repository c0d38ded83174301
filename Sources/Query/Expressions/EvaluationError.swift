/// Why an expression has no value for a row.
package struct EvaluationError: Error, Equatable {
  /// The row of the batch that was evaluated.
  package var row: Int
  /// Byte offset in the SQL text of the call or cast that failed, where known.
  package var position: Int?
  /// What is wrong, in PostgreSQL's words where it has some.
  package var message: String

  init(row: Int, position: Int? = nil, _ message: String) {
    self.row = row
    self.position = position
    self.message = message
  }
}
