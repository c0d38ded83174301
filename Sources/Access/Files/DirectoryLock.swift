#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Keeps two processes from changing a directory of keys at the same time.
enum DirectoryLock {
  private static let patience: Duration = .seconds(10)

  /// Does something while nobody else has the lock of a directory, for which it waits 10 seconds at
  /// most.
  ///
  /// - Throws: ``AccessError``: what `body` throws, or that the lock could not be had.
  static func hold<Result>(
    _ path: String, _ body: () throws(AccessError) -> Result
  ) throws(AccessError) -> Result {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system("open", path) }
    // Closing it lets the lock go.
    defer { close(descriptor) }
    let deadline = ContinuousClock.now + patience
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else { throw .system("flock", path) }
      guard ContinuousClock.now < deadline else {
        throw AccessError(
          .system, path, "another process has been changing it for \(patience)",
          remedy: "wait for that `millrace keys` to end, and try again")
      }
      usleep(10_000)
    }
    return try body()
  }
}
