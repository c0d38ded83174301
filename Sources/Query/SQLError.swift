/// Why a query is refused or cannot go on.
package struct SQLError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Byte offset in the SQL text of what is at fault, where known.
  package var position: Int?
  /// What is wrong and what to do.
  package var message: String

  package init(position: Int?, _ message: String) {
    self.position = position
    self.message = message
  }

  package var description: String { message }
}
