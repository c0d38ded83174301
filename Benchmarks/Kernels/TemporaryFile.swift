import Formats
import Operators

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A file that is there for as long as this object.
final class TemporaryFile {
  let path: String
  let size: Int64

  /// A file of `bytes`.
  ///
  /// - Throws: ``FileProblem`` when it cannot be written.
  init(_ bytes: [UInt8]) throws {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(folder)/millrace-kernels.XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw FileProblem(errno: errno) }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    size = Int64(bytes.count)
    defer { close(descriptor) }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { bytes in
        write(descriptor, bytes.baseAddress! + written, bytes.count - written)
      }
      guard count > 0 else { throw FileProblem(errno: errno) }
      written += count
    }
  }

  deinit { unlink(path) }

  /// What the file is.
  func source() throws -> SourceFile { try SourceFile.inspect(path: path) }
}

/// Why a file could not be written.
struct FileProblem: Error, CustomStringConvertible {
  let errno: Int32
  var description: String { "a temporary file: \(String(cString: strerror(errno)))" }
}
