import Foundation
import SQLLogic
import Testing

/// The files of SQL tests beside this one. `make verify-sql` checks what they expect against
/// PostgreSQL.
struct SQLLogicFileTests {
  private static let directory = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Files")

  private static let files: [String] = {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: directory.path)
        .filter { $0.hasSuffix(".test") }.sorted()
    } catch {
      fatalError("the files of SQL tests cannot be listed: \(error)")
    }
  }()

  @Test(arguments: files)
  func givesWhatTheFileExpects(_ name: String) throws {
    let file = try LogicFile(
      String(contentsOf: Self.directory.appending(path: name), encoding: .utf8))
    for (partitions, readsJSON) in [(1, false), (3, true), (7, false)] {
      var runner = LogicRunner(MillraceEngine(partitions: partitions, readsJSON: readsJSON))
      runner.run(file)
      for problem in runner.problems {
        Issue.record("\(name), \(partitions) partitions, \(problem)")
      }
    }
  }

  @Test
  func thereAreFiles() { #expect(Self.files.count > 5) }
}
