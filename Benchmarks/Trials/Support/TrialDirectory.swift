import Foundation

/// A directory for one trial, with a `TMPDIR` and a directory of runs in it.
final class TrialDirectory {
  /// Its path; short, because sockets in it have at most 107 bytes.
  let path: String
  /// What runs get as `TMPDIR`: where their socket directories are.
  let temporary: String

  /// Makes the directory under `/tmp`.
  ///
  /// - Throws: ``TrialFailure`` when it cannot be made.
  init() throws {
    var template = Array("/tmp/millrace-trial-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else {
      throw TrialFailure("no directory can be made in /tmp: \(String(cString: strerror(errno)))")
    }
    path = String(cString: made)
    temporary = path + "/t"
    try FileManager.default.createDirectory(
      atPath: temporary, withIntermediateDirectories: false)
  }

  /// The path of a file in it.
  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// What a run needs in its environment to stay in here.
  var environment: [String: String] {
    ["TMPDIR": temporary, "MILLRACE_RUNS": file("runs")]
  }

  /// Writes a file.
  ///
  /// - Returns: its path.
  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    try Data(text.utf8).write(to: URL(fileURLWithPath: file(name)))
    return file(name)
  }

  /// The lines of a file.
  ///
  /// - Throws: ``TrialFailure`` when it cannot be read.
  func lines(_ name: String) throws -> [Substring] {
    guard let data = FileManager.default.contents(atPath: file(name)) else {
      throw TrialFailure("\(file(name)) is not there")
    }
    return String(decoding: data, as: UTF8.self).split(separator: "\n")
  }

  /// Waits until no process of the trial is left.
  ///
  /// - Throws: ``TrialFailure`` when some are after `limit` seconds, which are killed then.
  func waitUntilNoProcess(limit: Double) throws {
    let start = Monotonic.seconds
    while true {
      let left = ProcessTable.processes(mentioning: path)
      if left.isEmpty { return }
      guard Monotonic.seconds - start < limit else {
        let list = left.map(ProcessTable.describe).joined(separator: "\n  ")
        endAll()
        throw TrialFailure("processes were left after \(Int(limit)) s:\n  \(list)")
      }
      Monotonic.pause(seconds: 0.01)
    }
  }

  /// Lets all processes of the trial go on that are stopped.
  func continueAll() { signalAll(SIGCONT) }

  /// Kills all processes of the trial.
  func endAll() { signalAll(SIGKILL) }

  private func signalAll(_ signal: Int32) {
    for id in ProcessTable.processes(mentioning: path) { kill(id, signal) }
  }

  /// Checks that no socket directory is left.
  ///
  /// - Throws: ``TrialFailure`` that names those that are.
  func expectNoSocketDirectory() throws {
    let left = try FileManager.default.contentsOfDirectory(atPath: temporary).sorted()
    guard left.isEmpty else {
      throw TrialFailure("left in \(temporary): \(left.joined(separator: ", "))")
    }
  }

  /// Removes a file or folder in it, if there is one.
  func remove(_ name: String) throws {
    guard FileManager.default.fileExists(atPath: file(name)) else { return }
    try FileManager.default.removeItem(atPath: file(name))
  }

  /// Carries a trial out in a directory of its own, which is removed when all went well.
  ///
  /// - Parameter keeps: whether to keep it in any case.
  /// - Throws: what `body` throws, with the directory's path added.
  static func with<Value>(
    keeps: Bool = false, _ body: (TrialDirectory) throws -> Value
  ) throws -> Value {
    let directory = try TrialDirectory()
    let value: Value
    do {
      value = try body(directory)
    } catch {
      directory.endAll()
      throw TrialFailure("\(error)\nkept: \(directory.path)")
    }
    if !keeps { try FileManager.default.removeItem(atPath: directory.path) }
    return value
  }
}
