import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The right to carry a run out: an exclusive lock (`flock`) on a file in its directory.
///
/// The kernel releases it when the process dies, however it dies; children do not inherit it across
/// `exec`. The file holds the process id and the host of its holder for others to read.
package final class RunLock: Sendable {
  /// Who holds a lock, as far as the file tells.
  package struct Holder: Sendable, Equatable, CustomStringConvertible {
    /// `nil` when the holder has not written it yet.
    package var processID: Int32?
    package var host: String?

    /// `process 4711 on host`, or `another process`.
    package var description: String {
      guard let processID else { return "another process" }
      return "process \(processID)" + (host.map { " on \($0)" } ?? "")
    }
  }

  private let descriptor: Mutex<CInt>

  /// Takes the lock; makes the file when it is missing.
  ///
  /// - Throws: ``LedgerError`` of code `inUse`, naming the holder, when another process has it.
  package init(path: String) throws(LedgerError) {
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw .system("open", errno, path: path) }
    do throws(LedgerError) {
      try Self.take(file, path)
      try Self.sign(file, path)
    } catch {
      Self.unlock(file)
      throw error
    }
    descriptor = Mutex(file)
  }

  deinit { release() }

  /// Gives the lock back. Does nothing the second time.
  package func release() {
    descriptor.withLock { file in
      guard file >= 0 else { return }
      Self.unlock(file)
      file = -1
    }
  }

  /// Who holds the lock, or `nil` when nobody does or there is no such file.
  ///
  /// - Throws: ``LedgerError`` when the file cannot be opened.
  package static func holder(path: String) throws(LedgerError) -> Holder? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard file >= 0 else {
      if errno == ENOENT { return nil }
      throw .system("open", errno, path: path)
    }
    defer { unlock(file) }
    // Shared, so that those who only ask do not refuse each other.
    if try lock(file, LOCK_SH, path) { return nil }
    return readHolder(file)
  }

  /// Takes the exclusive lock, waiting for those who only ask who holds it.
  private static func take(_ file: CInt, _ path: String) throws(LedgerError) {
    for _ in 0..<1000 {
      if try lock(file, LOCK_EX, path) { return }
      // A shared lock is refused by a holder alone: those who ask share it, for some microseconds.
      guard try lock(file, LOCK_SH, path) else { break }
      guard flock(file, LOCK_UN) == 0 else { throw .system("flock", errno, path: path) }
      usleep(1000)
    }
    throw LedgerError(
      .inUse,
      "\(path): the run is being carried out by \(readHolder(file)); wait for it to end, or stop it"
    )
  }

  /// Tries to lock; returns whether it could.
  private static func lock(_ file: CInt, _ kind: CInt, _ path: String) throws(LedgerError) -> Bool {
    while true {
      if flock(file, kind | LOCK_NB) == 0 { return true }
      if errno == EWOULDBLOCK { return false }
      guard errno == EINTR else { throw .system("flock", errno, path: path) }
    }
  }

  /// Unlocks and closes a file. Closing alone leaves it locked for as long as a child that is being
  /// started has a copy of the descriptor: until its `exec`.
  private static func unlock(_ file: CInt) {
    flock(file, LOCK_UN)
    close(file)
  }

  private static func sign(_ file: CInt, _ path: String) throws(LedgerError) {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else {
      throw .system("gethostname", errno, path: path)
    }
    let host = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    let text = Array("\(getpid()) \(host)\n".utf8)
    guard ftruncate(file, 0) == 0 else { throw .system("ftruncate", errno, path: path) }
    guard pwrite(file, text, text.count, 0) == text.count else {
      throw .system("write", errno, path: path)
    }
  }

  private static func readHolder(_ file: CInt) -> Holder {
    var bytes = [UInt8](repeating: 0, count: 512)
    let count = pread(file, &bytes, bytes.count, 0)
    // Whoever cannot be read or has not signed yet is another process all the same.
    guard count > 0 else { return Holder() }
    let words = String(decoding: bytes.prefix(count), as: UTF8.self)
      .split { $0 == " " || $0 == "\n" }
    return Holder(
      processID: words.first.flatMap { Int32($0) }, host: words.count > 1 ? String(words[1]) : nil)
  }
}
