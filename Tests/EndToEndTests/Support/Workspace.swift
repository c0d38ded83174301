import Foundation
import Testing

/// A directory for one test, with a `TMPDIR`, a `HOME` and a place for runs of its own in it; gone
/// when the test is over.
final class Workspace: Sendable {
  /// The directory; short, because sockets in it have at most 107 bytes.
  let root: URL
  /// What commands get as `TMPDIR`.
  let temporary: URL
  /// What commands get as `MILLRACE_RUNS`; made by the first run.
  let runs: URL

  init() throws {
    // Not TMPDIR, which may be too long for sockets.
    root = URL(fileURLWithPath: "/tmp/mr-e2e-\(String(UInt32.random(in: 0 ... .max), radix: 36))")
    temporary = root.appendingPathComponent("t")
    runs = root.appendingPathComponent("runs")
    try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
  }

  deinit {
    do {
      try FileManager.default.removeItem(at: root)
    } catch {
      Issue.record("\(root.path) could not be removed: \(error)")
    }
  }

  /// The path of a file in the directory.
  func path(_ name: String) -> String { root.appendingPathComponent(name).path }

  /// Writes a file.
  ///
  /// - Returns: its path.
  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    try write(name, Data(text.utf8))
  }

  /// Writes a file.
  ///
  /// - Returns: its path.
  @discardableResult
  func write(_ name: String, _ data: Data) throws -> String {
    try data.write(to: root.appendingPathComponent(name))
    return path(name)
  }

  /// The bytes of a file.
  func read(_ name: String) throws -> Data {
    try Data(contentsOf: root.appendingPathComponent(name))
  }

  /// The rows of a comma-separated file without quotes, without its header.
  func rows(_ name: String) throws -> [[String]] {
    String(decoding: try read(name), as: UTF8.self).split(separator: "\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  /// Whether there is a file of that name.
  func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  /// What lies in `TMPDIR`.
  func leftovers() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: temporary.path)
  }

  /// Fails the test if a run left a process, anything in `TMPDIR`, or half an output.
  func expectNothingLeft(sourceLocation: SourceLocation = #_sourceLocation) throws {
    #expect(try leftovers() == [], "left in TMPDIR", sourceLocation: sourceLocation)
    #expect(
      ProcessTable.processes(mentioning: root.path) == [], "processes left",
      sourceLocation: sourceLocation)
    #expect(!has("home"), "written to the home directory", sourceLocation: sourceLocation)
    let files = try FileManager.default.subpathsOfDirectory(atPath: root.path)
    #expect(
      files.filter { $0.hasSuffix(".partial") } == [], "half an output left",
      sourceLocation: sourceLocation)
  }
}
