/// Why a query gave nothing.
package struct QueryFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// Whether the query was refused before a row was read.
  package var isRefusal: Bool
  /// What is wrong.
  package var message: String
  /// PostgreSQL's code of five characters (SQLSTATE), where it answered.
  package var code: String?

  package init(isRefusal: Bool, message: String, code: String? = nil) {
    self.isRefusal = isRefusal
    self.message = message
    self.code = code
  }

  package var description: String { message }
}
