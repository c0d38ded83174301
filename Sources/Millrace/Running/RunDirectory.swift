import Foundation
import ZeroMQ

/// The private directory of a run: its sockets, and with `--keep` its log.
final class RunDirectory: Sendable {
  let directory: PrivateDirectory
  private let keeps: Bool

  /// Makes the directory, under `TMPDIR` where that is short enough for sockets.
  ///
  /// - Throws: ``ZeroMQError``.
  init(keeps: Bool) throws(ZeroMQError) {
    self.keeps = keeps
    // Kept short: a lane's name and the directory's own take up to 50 of a socket's 107 bytes.
    let wanted = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
    let parent = wanted.utf8.count <= 55 && wanted.hasPrefix("/") ? wanted : "/tmp"
    directory = try PrivateDirectory(temporary: "millrace", in: parent)
  }

  /// Removes the directory, or leaves the log in it.
  func leave(_ output: RunOutput) {
    do {
      if keeps {
        // libzmq leaves the files of its sockets; nobody listens there any more.
        for name in try FileManager.default.contentsOfDirectory(atPath: directory.path) {
          try FileManager.default.removeItem(atPath: directory.path + "/" + name)
        }
        let log = output.log.joined(separator: "\n") + "\n"
        try Data(log.utf8).write(to: URL(fileURLWithPath: directory.path + "/events.jsonl"))
        StandardError.write("run directory kept: \(directory.path)")
      } else {
        try FileManager.default.removeItem(atPath: directory.path)
      }
    } catch {
      StandardError.write("warning: \(directory.path): \(error)")
    }
  }
}
