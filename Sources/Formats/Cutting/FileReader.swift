import Operators

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// One open source file, read at given offsets and closed with its last reference.
final class FileReader {
  /// What the file was when it was opened.
  let file: SourceFile
  private let descriptor: Int32

  /// Opens the regular file at `path`, which must be what `planned` says where that is given.
  init(path: String, planned: SourceFile? = nil) throws(SourceError) {
    var descriptor: Int32
    repeat {
      // O_NONBLOCK: opening a pipe must not wait for its writer; regular files ignore it.
      descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    } while descriptor < 0 && errno == EINTR
    guard descriptor >= 0 else { throw Self.cannotOpen(path, errno) }
    do throws(SourceError) {
      file = try Self.identify(descriptor, path: path)
      if let planned, let change = planned.difference(to: file) { throw planned.changed(change) }
    } catch {
      close(descriptor)
      throw error
    }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Reads up to `count` bytes from `offset` into `memory` and answers how many there were; fewer
  /// than `count` only at the end of the file.
  func read(
    into memory: UnsafeMutableRawPointer, count: Int, at offset: Int64
  ) throws(SourceError) -> Int {
    var total = 0
    while total < count {
      let got = pread(descriptor, memory + total, count - total, off_t(offset + Int64(total)))
      if got == 0 { break }
      if got < 0 {
        if errno == EINTR { continue }
        throw SourceError(
          path: file.path, offset: offset + Int64(total),
          message: "cannot read at byte \(offset + Int64(total)): \(SystemError.message(errno))")
      }
      total += got
    }
    return total
  }

  /// Reads exactly `count` bytes; fewer mean that the file became shorter since it was planned.
  func readExactly(
    into memory: UnsafeMutableRawPointer, count: Int, at offset: Int64
  ) throws(SourceError) {
    let got = try read(into: memory, count: count, at: offset)
    guard got == count else { throw file.changed("it ends at byte \(offset + Int64(got))") }
  }

  private static func cannotOpen(_ path: String, _ number: Int32) -> SourceError {
    let remedy =
      switch number {
      case ENOENT, ENOTDIR: "; check the path, which is relative to the topology file"
      case EACCES, EPERM: "; give the user who runs millrace the right to read it"
      case EMFILE, ENFILE: "; raise the limit on open files (ulimit -n)"
      default: ""
      }
    return SourceError(
      path: path, message: "cannot open: \(SystemError.message(number))\(remedy)")
  }

  private static func identify(
    _ descriptor: Int32, path: String
  ) throws(SourceError) -> SourceFile {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw cannotOpen(path, errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      let isDirectory = status.st_mode & S_IFMT == S_IFDIR
      throw SourceError(
        path: path,
        message: isDirectory
          ? "is a directory; name its files, for instance \(path)/*.csv"
          : "is not a regular file; copy its contents to a file first")
    }
    #if canImport(Glibc)
    let time = status.st_mtim
    #else
    let time = status.st_mtimespec
    #endif
    return SourceFile(
      path: path, size: Int64(status.st_size),
      modified: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec),
      inode: UInt64(status.st_ino), device: UInt64(truncatingIfNeeded: status.st_dev))
  }
}
