import Foundation

/// What a run of a topology gives when nothing happens to it.
struct ChaosTruth {
  let topology: ChaosTopology
  /// The topology's file.
  let path: String
  /// The file with its result.
  let result: String
  let partitions: Int
  let rows: Int
  /// Seconds that the run took.
  let seconds: Double

  /// Runs the topology.
  ///
  /// - Throws: ``TrialFailure`` when the run fails.
  init(
    _ topology: ChaosTopology, text: String, millrace: String, directory: TrialDirectory
  ) throws {
    self.topology = topology
    path = try directory.write("\(topology).yaml", text)
    result = directory.file("\(topology).truth")
    let command = try Command(
      millrace, ["run", path, "--json", "--set", Self.sink(result)],
      environment: directory.environment, log: directory.file("\(topology)"))
    guard try command.wait(limit: 300) == .exited(0) else {
      throw TrialFailure("\(topology) fails without any fault: \(command.errorPath)")
    }
    let record = try JSONLog(path: command.outputPath)
    guard let partitions = record.count("partitions"), let rows = record.count("rows") else {
      throw TrialFailure("the summary has no partitions or rows: \(command.outputPath)")
    }
    self.partitions = partitions
    self.rows = rows
    seconds = command.seconds
    try directory.remove("runs")
  }

  /// The override that sends the result to a file.
  static func sink(_ path: String) -> String { "sink={ file: \"\(path)\", format: csv }" }

  /// Compares a run's result with the true one.
  ///
  /// - Throws: ``TrialFailure`` that names the first byte that differs.
  func expectSame(_ other: String) throws {
    guard let found = FileManager.default.contents(atPath: other) else {
      throw TrialFailure("the run succeeded, but \(other) is not there")
    }
    guard let expected = FileManager.default.contents(atPath: result) else {
      throw TrialFailure("\(result) cannot be read")
    }
    guard found != expected else { return }
    let offset = zip(found, expected).enumerated().first { $0.element.0 != $0.element.1 }?.offset
    throw TrialFailure(
      "\(other) (\(found.count) bytes) differs from \(result) (\(expected.count) bytes) at byte "
        + "\(offset ?? min(found.count, expected.count))")
  }
}
