import Foundation

/// What a ``TracingOperator`` wrote.
struct Trace {
  /// The begin of a partition.
  struct Begin {
    var partition: Int
    var process: pid_t
    /// Nanoseconds of `CLOCK_MONOTONIC`.
    var at: Int64
  }

  /// All begins, in the order in which they were written.
  let begins: [Begin]

  /// Reads the file; one that is not there holds nothing yet. A line that is not whole yet is left
  /// out.
  ///
  /// - Throws: ``TrialFailure`` for a line that makes no sense.
  init(path: String) throws {
    let text = FileManager.default.contents(atPath: path).map {
      String(decoding: $0, as: UTF8.self)
    }
    let lines = (text ?? "").split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    begins = try lines.map { line in
      let fields = line.split(separator: " ")
      guard fields.count == 3, let partition = Int(fields[0]), let process = pid_t(fields[1]),
        let at = Int64(fields[2])
      else { throw TrialFailure("\(path): '\(line)' is no line of a trace") }
      return Begin(partition: partition, process: process, at: at)
    }
  }
}
