import Foundation
import ZeroMQ

/// The private directory of one session of a run: its sockets, and results that come early where
/// nothing is durable.
final class SocketDirectory: Sendable {
  let directory: PrivateDirectory

  /// Makes the directory, under `TMPDIR` where that is short enough for sockets.
  ///
  /// - Parameter announce: is told the path before the directory is made.
  /// - Throws: ``ZeroMQError``.
  init(announce: (String) -> Void) throws(ZeroMQError) {
    // Kept short: a lane's name and the directory's own take up to 50 of a socket's 107 bytes.
    let wanted = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
    let parent = wanted.utf8.count <= 55 && wanted.hasPrefix("/") ? wanted : "/tmp"
    directory = try PrivateDirectory(
      temporary: "millrace", in: parent, announce: announce)
  }

  /// Removes the directory.
  func remove() {
    do {
      try FileManager.default.removeItem(atPath: directory.path)
    } catch {
      StandardError.write("warning: \(directory.path): \(error)")
    }
  }
}
