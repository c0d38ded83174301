#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What is done with directories as such.
enum Directory {
  /// The names in a directory, without `.` and `..`, in no order; none when it is missing.
  ///
  /// - Throws: ``LedgerError``.
  static func names(in directory: String) throws(LedgerError) -> [String] {
    guard let listing = opendir(directory) else {
      if errno == ENOENT { return [] }
      throw .system("opendir", errno, path: directory)
    }
    defer { closedir(listing) }
    var names: [String] = []
    errno = 0
    while let entry = readdir(listing) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
      errno = 0
    }
    guard errno == 0 else { throw .system("readdir", errno, path: directory) }
    return names
  }

  /// The current directory.
  ///
  /// - Throws: ``LedgerError`` when it is gone or cannot be told.
  static func current() throws(LedgerError) -> String {
    guard let path = getcwd(nil, 0) else { throw .system("getcwd", errno, path: ".") }
    defer { free(path) }
    return String(cString: path)
  }

  /// The directory that an absolute path lies in.
  static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
    return String(path[..<slash])
  }

  /// Makes the names in a directory survive loss of power, as far as its file system can: on one whose
  /// directories cannot be flushed there is nothing to do.
  ///
  /// - Throws: ``LedgerError``.
  static func flush(_ path: String) throws(LedgerError) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system("open", errno, path: path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw .system("fsync", errno, path: path)
    }
  }
}
