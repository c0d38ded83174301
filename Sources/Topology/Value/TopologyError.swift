/// One thing wrong with a topology.
package struct TopologyError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Where it is wrong.
  package var position: TopologyPosition
  /// What is wrong and what to do, without the place.
  package var message: String

  /// Describes a fault at a place.
  package init(_ message: String, at position: TopologyPosition) {
    self.position = position
    self.message = message
  }

  /// Path of the file at fault, or `--set PATH`.
  package var file: String { position.file }
  /// Line from 1, or 0 when the whole file is meant.
  package var line: Int { position.line }
  /// Unicode scalar within the line from 1, or 0 when the whole file is meant.
  package var column: Int { position.column }

  /// `file:line:column: error: message`.
  package var description: String { "\(position): error: \(message)" }
}
