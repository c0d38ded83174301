import Foundation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Files that survive loss of power.
enum DurableFile {
  /// Puts a file in its place as a whole: whoever reads it sees the old bytes or the new ones.
  ///
  /// - Throws: ``ClusterError``.
  static func replace(_ path: String, with bytes: some Collection<UInt8>) throws(ClusterError) {
    let temporary = path + ".new"
    try write(Array(bytes), to: temporary)
    guard rename(temporary, path) == 0 else { throw failed("rename", path) }
    try flush(directory: (path as NSString).deletingLastPathComponent)
  }

  /// Writes a file and waits until its bytes are on the disk; its name may not be.
  ///
  /// - Throws: ``ClusterError``.
  static func write(_ bytes: [UInt8], to path: String) throws(ClusterError) {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw failed("open", path) }
    defer { close(file) }
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Foundation.write(file, buffer.baseAddress! + done, buffer.count - done)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failed("write", path) }
      done += count
    }
    guard fsync(file) == 0 else { throw failed("fsync", path) }
  }

  /// Makes the names in a directory survive loss of power, as far as its file system can.
  ///
  /// - Throws: ``ClusterError``.
  static func flush(directory path: String) throws(ClusterError) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failed("open", path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw failed("fsync", path) }
  }

  /// Makes a directory and those above it, for this user alone.
  ///
  /// - Throws: ``ClusterError``.
  static func makeDirectory(_ path: String) throws(ClusterError) {
    if mkdir(path, 0o700) == 0 {
      return try flush(directory: (path as NSString).deletingLastPathComponent)
    }
    switch errno {
    case EEXIST:
      var status = stat()
      guard stat(path, &status) == 0 else { throw failed("stat", path) }
      guard status.st_mode & S_IFMT == S_IFDIR else {
        throw ClusterError("\(path): it is no directory; choose another place")
      }
    case ENOENT:
      let parent = (path as NSString).deletingLastPathComponent
      guard parent != path, !parent.isEmpty else { throw failed("mkdir", path) }
      try makeDirectory(parent)
      guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failed("mkdir", path) }
      try flush(directory: parent)
    default: throw failed("mkdir", path)
    }
  }

  private static func failed(_ call: String, _ path: String) -> ClusterError {
    let number = errno
    let remedy =
      switch number {
      case ENOSPC, EDQUOT: "; free space, or choose another directory with --state"
      case EACCES, EPERM, EROFS:
        "; choose a directory that this user may write with --state"
      default: ""
      }
    return ClusterError("\(path): \(call): \(String(cString: strerror(number)))\(remedy)")
  }
}
