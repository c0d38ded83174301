import Foundation

/// What the tester tells, at once also where nobody sits at a terminal.
enum Output {
  /// Writes a line to standard output.
  static func say(_ text: String) {
    FileHandle.standardOutput.write(Data((text + "\n").utf8))
  }
}
