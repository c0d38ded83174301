#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Files that are there whole or not at all, also after a loss of power.
enum DurableFile {
  /// Makes a new file of mode 0600.
  ///
  /// - Throws: ``AccessError/Code/exists`` if something is at the path; other codes if it could not
  ///   be written, and nothing is left then.
  static func create(_ path: String, _ text: String) throws(AccessError) {
    try write(path, text, mode: 0o600)
    try flushDirectory(of: path)
  }

  /// Puts a new content in the place of a file's, which is there throughout.
  ///
  /// - Throws: ``AccessError``; the file is as before then.
  static func replace(_ path: String, _ text: String, mode: mode_t) throws(AccessError) {
    let temporary = "\(path).\(getpid()).new"
    guard unlink(temporary) == 0 || errno == ENOENT else { throw .system("unlink", temporary) }
    try write(temporary, text, mode: mode)
    guard rename(temporary, path) == 0 else {
      let error = AccessError.system("rename", path)
      unlink(temporary)
      throw error
    }
    try flushDirectory(of: path)
  }

  /// Removes a file; false if there was none.
  @discardableResult
  static func remove(_ path: String) throws(AccessError) -> Bool {
    guard unlink(path) == 0 else {
      if errno == ENOENT { return false }
      throw .system("unlink", path)
    }
    try flushDirectory(of: path)
    return true
  }

  private static func write(_ path: String, _ text: String, mode: mode_t) throws(AccessError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
    guard descriptor >= 0 else {
      guard errno != EEXIST else { throw AccessError(.exists, path, "it is there already") }
      throw .system("open", path)
    }
    defer { close(descriptor) }
    do throws(AccessError) {
      // The mode that was asked for, whatever the umask.
      guard fchmod(descriptor, mode) == 0 else { throw AccessError.system("fchmod", path) }
      try FileTransfer.write(Array(text.utf8), to: descriptor, path)
      guard fsync(descriptor) == 0 else { throw AccessError.system("fsync", path) }
    } catch {
      unlink(path)
      throw error
    }
  }

  private static func flushDirectory(of path: String) throws(AccessError) {
    let slash = path.lastIndex(of: "/")
    let directory = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system("open", directory) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw .system("fsync", directory) }
  }
}
