#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The output of a run: written beside its place and renamed into it when it is whole, so that
/// nothing half-written is ever seen there.
final class OutputFile {
  /// Where the output will stand.
  let path: String
  /// Bytes written so far.
  private(set) var byteCount: UInt64 = 0
  private let temporaryPath: String
  /// Where both are; empty for the working directory, else it ends with a slash.
  private let directory: String
  private var descriptor: CInt
  private let buffer: UnsafeMutableRawBufferPointer
  private var buffered = 0

  /// Creates the temporary file `.NAME.TAG.partial` beside `path`.
  ///
  /// - Throws: ``RuntimeError`` when the place cannot be written or holds a directory.
  init(path: String, tag: String) throws(RuntimeError) {
    self.path = path
    let cut = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path.utf8.index(after: $0) }
    directory = cut.map { String(path[..<$0]) } ?? ""
    let name = cut.map { String(path[$0...]) } ?? path
    temporaryPath = "\(directory).\(name).\(tag).partial"
    try Self.makeDirectories(of: directory, for: path)
    var status = stat()
    if stat(path, &status) == 0 {
      switch status.st_mode & S_IFMT {
      case S_IFREG: break
      case S_IFDIR:
        throw RuntimeError("\(path): the output path is a directory; give the path of a file")
      default:
        // A device such as /dev/null would be replaced by the renamed file.
        throw RuntimeError(
          "\(path): the output path is not a regular file; give the path of a file, or use "
            + "`sink: { discard: true }` to drop the output")
      }
    }
    buffer = .allocate(byteCount: 1 << 18, alignment: 16)
    descriptor = open(temporaryPath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    // From here on `deinit` runs when this throws.
    guard descriptor >= 0 else { throw .system("cannot write the output", errno, path: path) }
  }

  deinit {
    discard()
    buffer.deallocate()
  }

  /// Makes the directories of `path` that are missing.
  private static func makeDirectories(of directory: String, for path: String) throws(RuntimeError) {
    var position = directory.startIndex
    while let slash = directory[position...].firstIndex(of: "/") {
      position = directory.index(after: slash)
      let parent = String(directory[..<position])
      if mkdir(parent, 0o755) == 0 {
        // The output is to be found after a loss of power, its directories included.
        try flushDirectory(parent + "..", for: path)
      } else if errno != EEXIST, errno != EISDIR, errno != EROFS {
        throw .system("cannot make the directory \(parent) of the output", errno, path: path)
      }
    }
  }

  /// Appends bytes.
  func write(_ bytes: UnsafeRawBufferPointer) throws(RuntimeError) {
    byteCount += UInt64(bytes.count)
    if buffered + bytes.count <= buffer.count {
      UnsafeMutableRawBufferPointer(rebasing: buffer[buffered...]).copyMemory(from: bytes)
      buffered += bytes.count
      return
    }
    try flush()
    if bytes.count >= buffer.count {
      try writeAll(bytes, to: descriptor, path: path)
    } else {
      buffer.copyMemory(from: bytes)
      buffered = bytes.count
    }
  }

  /// Makes the output durable and puts it in its place.
  func commit() throws(RuntimeError) {
    try flush()
    guard fsync(descriptor) == 0 else { throw .system("fsync", errno, path: path) }
    let result = close(descriptor)
    descriptor = -1
    guard result == 0 else {
      let number = errno
      unlink(temporaryPath)
      throw .system("close", number, path: path)
    }
    guard rename(temporaryPath, path) == 0 else {
      let number = errno
      unlink(temporaryPath)
      throw .system("rename", number, path: path)
    }
    // The new name too: a run that has finished does not keep its results.
    try Self.flushDirectory(directory.isEmpty ? "." : directory, for: path)
  }

  /// Makes the names in a directory durable, as far as its file system can.
  private static func flushDirectory(
    _ directory: String, for path: String
  ) throws(RuntimeError) {
    let place = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    // A directory that may be written and not read cannot be flushed.
    if place < 0, errno == EACCES { return }
    guard place >= 0 else { throw .system("open of its directory", errno, path: path) }
    defer { close(place) }
    // EINVAL: a file system that has nothing to flush.
    guard fsync(place) == 0 || errno == EINVAL else {
      throw .system("fsync of its directory", errno, path: path)
    }
  }

  /// Removes what was written, unless it was committed.
  func discard() {
    guard descriptor >= 0 else { return }
    close(descriptor)
    descriptor = -1
    unlink(temporaryPath)
  }

  private func flush() throws(RuntimeError) {
    let full = UnsafeRawBufferPointer(rebasing: buffer[..<buffered])
    buffered = 0
    try writeAll(full, to: descriptor, path: path)
  }
}

/// Writes all bytes at the descriptor's position.
func writeAll(
  _ bytes: UnsafeRawBufferPointer, to descriptor: CInt, path: String
) throws(RuntimeError) {
  var done = 0
  while done < bytes.count {
    let written = write(descriptor, bytes.baseAddress! + done, bytes.count - done)
    if written < 0 {
      if errno == EINTR { continue }
      throw .system("write", errno, path: path)
    }
    done += written
  }
}
