#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Where people are told things; standard output is for results.
enum StandardError {
  /// Whether a person is looking.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Writes a line.
  static func write(_ line: String) { writeRaw(line + "\n") }

  /// Writes text as it is.
  static func writeRaw(_ text: String) { StandardStream.write(Array(text.utf8), to: STDERR_FILENO) }
}

/// Standard output: results, and the objects of `--json`.
enum StandardOutput {
  /// Writes a line.
  ///
  /// - Returns: whether it could be written; not when the reader of a pipe is gone.
  @discardableResult
  static func write(_ line: String) -> Bool {
    StandardStream.write(Array((line + "\n").utf8), to: STDOUT_FILENO)
  }

  /// Writes bytes as they are; otherwise as ``write(_:)``.
  @discardableResult
  static func write(_ bytes: [UInt8]) -> Bool { StandardStream.write(bytes, to: STDOUT_FILENO) }
}

private enum StandardStream {
  @discardableResult
  static func write(_ bytes: [UInt8], to descriptor: CInt) -> Bool {
    bytes.withUnsafeBytes { bytes in
      var done = 0
      while done < bytes.count {
        #if canImport(Glibc)
        let count = Glibc.write(descriptor, bytes.baseAddress! + done, bytes.count - done)
        #else
        let count = Darwin.write(descriptor, bytes.baseAddress! + done, bytes.count - done)
        #endif
        if count < 0, errno == EINTR || errno == EAGAIN { continue }
        guard count > 0 else { return false }
        done += count
      }
      return true
    }
  }
}
