import Operators

/// Turns what fails in a query into errors that quote the part of the query at fault.
struct SQLFailures: Sendable {
  private let excerpts: SQLExcerpts

  /// Failures of the query `sql`.
  init(sql: String) { excerpts = SQLExcerpts(sql: sql) }

  /// The error for an expression that failed.
  ///
  /// - Parameter recordOffset: where the record starts in its partition, where there is one record.
  func error(_ failure: EvaluationError, recordOffset: Int?) -> OperatorError {
    var message = failure.message
    if let position = failure.position, let excerpt = excerpts.excerpt(at: position) {
      message += " in \"\(excerpt)\""
    }
    return OperatorError(.data, message, recordOffset: recordOffset)
  }
}
