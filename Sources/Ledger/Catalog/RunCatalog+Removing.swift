import Foundation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension RunCatalog {
  /// Ends the name that a run's directory gets before it is emptied.
  private static let doomed = ".removed"

  /// Removes a run with all that is in its directory.
  ///
  /// - Parameter id: as ``find(_:)`` gives it.
  /// - Throws: ``LedgerError`` of code `inUse` when a process carries it out, `noSuchRun`.
  package func remove(_ id: String) throws(LedgerError) {
    let files = try existing(id)
    let lock = try RunLock(path: files.lock)
    try discard(files)
    lock.release()
  }

  /// Removes the runs that are over, oldest first, of those older than the newest `count` runs.
  ///
  /// Over are those that finished and those that cannot go on: failed or cancelled ones whose results
  /// are gone, and ones whose process ended before its first record was there. All others stay, for
  /// they can be resumed, or somebody wants to see what damaged them.
  ///
  /// - Returns: the ids of those that are gone, oldest first.
  /// - Throws: ``LedgerError``.
  @discardableResult
  package func prune(keeping count: Int) throws(LedgerError) -> [String] {
    try removeRemains()
    var removed: [String] = []
    for id in try ids().dropFirst(max(0, count)).reversed() {
      guard try isOver(entry(id)) else { continue }
      do throws(LedgerError) {
        try remove(id)
        removed.append(id)
      } catch  where error.code == .inUse || error.code == .noSuchRun {
        // Another process looks after it, or removed it first.
        continue
      }
    }
    return removed
  }

  /// Whether a run has finished or cannot go on, and nobody carries it out.
  private func isOver(_ entry: RunEntry) throws(LedgerError) -> Bool {
    switch entry.status {
    case .finished: return true
    case .failed, .cancelled:
      var status = stat()
      if lstat(entry.files.results, &status) == 0 { return false }
      guard errno == ENOENT else { throw .system("lstat", errno, path: entry.files.results) }
      return true
    // One that is still being made has a holder, and so is running.
    case .damaged(let error): return error.code == .incomplete
    case .running, .interrupted: return false
    }
  }

  /// Takes a run's directory out of the catalog, in one step, and then empties it.
  func discard(_ files: RunFiles) throws(LedgerError) {
    let doomed = "\(directory)/.\(files.id)\(Self.doomed)"
    guard rename(files.directory, doomed) == 0 else {
      throw .system("rename", errno, path: files.directory)
    }
    try empty(doomed)
  }

  /// Removes what is left of removals that were cut short.
  private func removeRemains() throws(LedgerError) {
    for name in try Directory.names(in: directory)
    where name.hasPrefix(".") && name.hasSuffix(Self.doomed) {
      try empty("\(directory)/\(name)")
    }
  }

  private func empty(_ path: String) throws(LedgerError) {
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch CocoaError.fileNoSuchFile {
      // Another process was faster.
    } catch {
      throw LedgerError(.operating, "\(path): it cannot be removed: \(error); remove it by hand")
    }
  }
}
