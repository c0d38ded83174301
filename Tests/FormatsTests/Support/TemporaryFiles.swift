#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A directory of a test's own, removed with the value.
final class TemporaryFiles {
  let directory: String

  init() {
    var template = Array("/tmp/millrace-formats-XXXXXX".utf8CString)
    precondition(mkdtemp(&template) != nil, "cannot make a temporary directory")
    directory = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }

  deinit {
    guard let entries = opendir(directory) else { return }
    while let entry = readdir(entries) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { unlink(path(name)) }
    }
    closedir(entries)
    rmdir(directory)
  }

  func path(_ name: String) -> String { directory + "/" + name }

  /// Writes a file and answers its path.
  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) -> String {
    let file = fopen(path(name), "wb")
    precondition(file != nil, "cannot write \(path(name))")
    precondition(fwrite(bytes, 1, bytes.count, file) == bytes.count)
    fclose(file)
    return path(name)
  }

  @discardableResult
  func write(_ name: String, _ text: String) -> String { write(name, Array(text.utf8)) }

  /// Makes a file of `size` bytes, all zero and none on disk, behind `prefix`.
  func writeSparse(_ name: String, prefix: String, size: Int) -> String {
    let path = write(name, prefix)
    precondition(truncate(path, off_t(size)) == 0)
    return path
  }
}
