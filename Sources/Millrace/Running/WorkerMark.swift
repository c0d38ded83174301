import Foundation
import Ledger
import Runtime

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The files by which worker processes are found that outlived their coordinator: each holds a lock on
/// one of its own in the directory of the sockets.
enum WorkerMark {
  private static let ending = ".worker"

  /// This process's file.
  static func path(in directory: String) -> String {
    "\(directory)/\(HostName.processID)\(ending)"
  }

  /// Kills the workers that are left of a session whose coordinator is dead: those that live and run
  /// leave by themselves, those that are stopped would not.
  ///
  /// - Throws: ``LedgerError``, or an error of the file system.
  static func killLeft(in directory: String) throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: directory)
    where name.hasSuffix(ending) {
      // A process that holds its lock lives: its id has not gone to another.
      guard let holder = try RunLock.holder(path: "\(directory)/\(name)"),
        let process = holder.processID, holder.host == HostName.current
      else { continue }
      kill(process, SIGKILL)
    }
  }
}
