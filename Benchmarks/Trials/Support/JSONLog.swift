import Foundation

/// What a command said with `--json`.
struct JSONLog {
  private let objects: [[String: Any]]

  /// Reads a file of one JSON object a line. The last line of a process that was killed may be torn
  /// and is left out then.
  ///
  /// - Throws: ``TrialFailure`` for any other line that is no object.
  init(path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw TrialFailure("\(path) cannot be read")
    }
    let lines = data.split(separator: UInt8(ascii: "\n"))
    let isTorn = data.last.map { $0 != UInt8(ascii: "\n") } ?? false
    objects = try lines.enumerated().compactMap { index, line in
      do {
        guard let object = try JSONSerialization.jsonObject(with: line) as? [String: Any] else {
          throw TrialFailure("a JSON value that is no object")
        }
        return object
      } catch {
        if isTorn, index == lines.count - 1 { return nil }
        throw TrialFailure("\(path):\(index + 1): \(error)")
      }
    }
  }

  /// The id that `millrace resume` takes; `nil` when the process ended before it said so.
  var run: String? { first("started")?["run"] as? String }

  /// The figures at the end; `nil` when it never came to that.
  var summary: [String: Any]? { first("summary") }

  /// The newest run that a list of runs calls interrupted.
  var interruptedRun: String? {
    objects.first { $0["event"] as? String == "run" && $0["state"] as? String == "interrupted" }?[
      "run"] as? String
  }

  /// Whether `millrace show --json` says that the run came to its end.
  var isFinished: Bool { objects.contains { $0["state"] as? String == "finished" } }

  /// A whole number of the summary; `nil` when there is none of that name.
  func count(_ field: String) -> Int? { (summary?[field] as? NSNumber)?.intValue }

  /// A number of the summary; `nil` when there is none of that name.
  func number(_ field: String) -> Double? { (summary?[field] as? NSNumber)?.doubleValue }

  /// Partitions taken from workers that were lost, over all such events.
  var requeued: Int {
    objects.filter { $0["event"] as? String == "requeued" }
      .reduce(0) { $0 + (($1["partitions"] as? NSNumber)?.intValue ?? 0) }
  }

  private func first(_ event: String) -> [String: Any]? {
    objects.first { $0["event"] as? String == event }
  }
}
