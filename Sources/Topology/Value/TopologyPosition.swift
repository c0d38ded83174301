/// A place that an error can name: a character of a file, a whole file, or a `--set` override.
package struct TopologyPosition: Sendable, Equatable, CustomStringConvertible {
  /// Path of the file as it was given, or `--set PATH` for a value that came from an override.
  package var file: String
  /// Line from 1, or 0 when the whole of ``file`` is meant.
  package var line: Int
  /// Unicode scalar within the line from 1, or 0 when the whole of ``file`` is meant.
  package var column: Int

  /// A place within a file; without line and column the whole of it.
  package init(file: String, line: Int = 0, column: Int = 0) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// `file:line:column`, or the file alone.
  package var description: String { line == 0 ? file : "\(file):\(line):\(column)" }
}
