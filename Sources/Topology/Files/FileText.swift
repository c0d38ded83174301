#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Reads small files whole.
enum FileText {
  /// Why a file cannot be read.
  struct Failure: Error {
    var reason: String
  }

  /// The bytes of a file, at most one more than `limit`, so that the caller sees it is larger.
  static func read(_ path: String, limit: Int) throws(Failure) -> [UInt8] {
    // Opening a FIFO would otherwise wait for a writer.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw Failure(reason: SystemError.text(errno)) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Failure(reason: SystemError.text(errno)) }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      throw Failure(reason: "it is a directory: name the file within it")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw Failure(reason: "it is not a regular file")
    }
    var bytes: [UInt8] = []
    while bytes.count <= limit {
      let wanted = min(64 << 10, limit + 1 - bytes.count)
      let start = bytes.count
      bytes.append(contentsOf: repeatElement(0, count: wanted))
      let count = bytes.withUnsafeMutableBytes { buffer in
        Self.read(descriptor, into: UnsafeMutableRawBufferPointer(rebasing: buffer[start...]))
      }
      guard count >= 0 else { throw Failure(reason: SystemError.text(errno)) }
      bytes.removeLast(wanted - count)
      if count == 0 { break }
    }
    return bytes
  }

  private static func read(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    var count = 0
    repeat {
      #if canImport(Glibc)
      count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      #else
      count = Darwin.read(descriptor, buffer.baseAddress, buffer.count)
      #endif
    } while count < 0 && errno == EINTR
    return count
  }
}
