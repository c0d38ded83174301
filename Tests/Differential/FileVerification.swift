import Foundation
import SQLLogic

/// Checks what files of SQL tests expect against PostgreSQL.
struct FileVerification {
  private let connection: PostgreSQLConnection
  /// Whether PostgreSQL's answers are written into the files.
  private let writes: Bool

  init(_ connection: PostgreSQLConnection, writes: Bool) {
    self.connection = connection
    self.writes = writes
  }

  /// Checks all files.
  ///
  /// - Returns: whether PostgreSQL gives what they expect.
  func verify(_ paths: [String]) throws -> Bool {
    var isFine = true
    for path in paths {
      let file = try LogicFile(String(contentsOfFile: path, encoding: .utf8))
      var runner = LogicRunner(try PostgreSQLEngine(connection))
      runner.run(file)
      Output.say("\(path): \(file.records.count) records, \(runner.problems.count) differ")
      for problem in runner.problems { Output.say("\(path), \(problem)") }
      isFine = isFine && runner.problems.isEmpty
      if writes { try write(runner.answers, to: path, lines: file.lines) }
    }
    return isFine
  }

  private func write(
    _ answers: [(lines: Range<Int>, written: [String])], to path: String, lines: [String]
  ) throws {
    var lines = lines
    for answer in answers.reversed() { lines.replaceSubrange(answer.lines, with: answer.written) }
    try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
  }
}
