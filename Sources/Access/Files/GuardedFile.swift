#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Files that decide who gets in: read only if nobody else could have changed them, or, for
/// secrets, seen them.
enum GuardedFile {
  /// Reads a whole file.
  ///
  /// - Parameters:
  ///   - limit: the largest size in bytes.
  ///   - secret: whether others must not even read it.
  /// - Returns: its bytes, and by what a later change is noticed.
  /// - Throws: ``AccessError``.
  static func read(
    _ path: String, limit: Int, secret: Bool
  ) throws(AccessError) -> (bytes: [UInt8], stamp: FileStamp) {
    // Not to wait for the writer of a pipe.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .system("open", path) }
    defer { close(descriptor) }
    // Of the open file: what is at the path may be another one by now.
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .system("fstat", path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw AccessError(.malformed, path, "it is no file")
    }
    try check(status, path, secret: secret)
    guard status.st_size <= limit else {
      throw AccessError(.malformed, path, "it is longer than \(limit) bytes")
    }
    return (try readAll(descriptor, path, limit), FileStamp(status))
  }

  private static func check(_ status: stat, _ path: String, secret: Bool) throws(AccessError) {
    let mode = status.st_mode & 0o777
    let shown = "mode 0" + String(mode, radix: 8)
    guard status.st_uid == geteuid() || status.st_uid == 0 || geteuid() == 0 else {
      throw AccessError(
        .insecure, path, "it belongs to user \(status.st_uid), not to this process's user",
        remedy: "make it a file of user \(geteuid())")
    }
    if secret, mode & 0o077 != 0 {
      throw AccessError(
        .insecure, path,
        "it holds a secret key, and others than its owner can get at it (\(shown))",
        remedy: "chmod 600 \(path)")
    }
    if mode & 0o022 != 0 {
      throw AccessError(
        .insecure, path, "it says who gets in, and others than its owner can change it (\(shown))",
        remedy: "chmod go-w \(path)")
    }
  }

  private static func readAll(
    _ descriptor: CInt, _ path: String, _ limit: Int
  ) throws(AccessError) -> [UInt8] {
    // One more than the limit, to notice a file that grows.
    var bytes = [UInt8](repeating: 0, count: limit + 1)
    let read = bytes.withUnsafeMutableBytes { buffer in
      Result { () throws(AccessError) in
        try FileTransfer.read(from: descriptor, into: buffer, path)
      }
    }
    let filled = try read.get()
    guard filled <= limit else {
      throw AccessError(.malformed, path, "it is longer than \(limit) bytes")
    }
    bytes.removeLast(bytes.count - filled)
    return bytes
  }
}
