/// What a file of SQL tests says that cannot be understood.
package struct LogicFileError: Error, Sendable, CustomStringConvertible {
  package var line: Int
  package var message: String

  package var description: String { "line \(line): \(message)" }
}
