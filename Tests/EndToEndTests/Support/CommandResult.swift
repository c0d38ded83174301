import Foundation
import Testing

/// How a command ended and what it said.
struct CommandResult: Sendable {
  /// The exit code, or 128 plus the signal that ended it.
  var status: Int32
  var standardOutput: String
  var standardError: String
  /// Seconds from start to end.
  var seconds: Double
  /// The most memory that one of the run's processes was seen to hold, in bytes; 0 where
  /// nobody looked.
  var peakMemory: Int

  /// The lines of standard error.
  var messages: [Substring] { standardError.split(separator: "\n") }

  /// The objects of `--json`.
  ///
  /// - Throws: when a line is no JSON object.
  func objects() throws -> [[String: Any]] {
    try standardOutput.split(separator: "\n").map { line in
      try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
    }
  }
}
