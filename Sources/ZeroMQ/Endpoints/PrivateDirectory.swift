#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A directory of mode 0700 that belongs to this user: the only place where ipc sockets live.
///
/// Linux checks the mode of a Unix socket, other systems do not; a directory that nobody else can
/// enter protects everywhere.
package struct PrivateDirectory: Hashable, Sendable {
  /// Its absolute path, without a slash at the end.
  package let path: String

  /// Takes a directory that exists, after a check that it is private.
  ///
  /// - Throws: ``ZeroMQError`` of code `notFound` or `insecureDirectory`.
  package init(existing path: String) throws(ZeroMQError) {
    var status = stat()
    // `lstat`: a link could be turned to another place after the check.
    guard lstat(path, &status) == 0 else {
      throw ZeroMQError(number: errno, call: "lstat", endpoint: path)
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw Self.insecure(path, "it is no directory", "give the path of a directory")
    }
    guard status.st_uid == geteuid() else {
      throw Self.insecure(
        path, "it belongs to user \(status.st_uid), not to this process's user \(geteuid())",
        "choose a directory of your own")
    }
    let mode = status.st_mode & 0o777
    guard mode & 0o077 == 0 else {
      throw Self.insecure(
        path, "others may enter it (mode 0\(String(mode, radix: 8)))", "chmod 0700 \(path)")
    }
    self.path = path
  }

  /// Makes a directory, or takes it if it is there and private. Its parent must exist.
  ///
  /// - Throws: ``ZeroMQError`` if it cannot be made or is not private.
  package init(creating path: String) throws(ZeroMQError) {
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
      throw ZeroMQError(number: errno, call: "mkdir", endpoint: path)
    }
    try self.init(existing: path)
  }

  /// Makes a new directory `parent/prefix-XXXXXX`.
  ///
  /// - Parameter parent: short, since paths of sockets are limited to 107 bytes.
  /// - Throws: ``ZeroMQError`` if it cannot be made.
  package init(temporary prefix: String, in parent: String = "/tmp") throws(ZeroMQError) {
    var template = Array("\(parent)/\(prefix)-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { buffer in
      mkdtemp(buffer.baseAddress!).map { String(cString: $0) }
    }
    guard let made else {
      throw ZeroMQError(number: errno, call: "mkdtemp", endpoint: "\(parent)/\(prefix)-XXXXXX")
    }
    try self.init(existing: made)
  }

  /// The endpoint of a socket in this directory.
  ///
  /// - Throws: ``ZeroMQError/Code/pathTooLong`` if path and name are too long together.
  package func endpoint(_ name: String) throws(ZeroMQError) -> Endpoint {
    let endpoint = Endpoint.ipc(path: "\(path)/\(name)")
    try endpoint.check()
    return endpoint
  }

  /// Removes the sockets left in the directory, and the directory.
  ///
  /// - Throws: ``ZeroMQError`` if it holds anything but sockets, or cannot be removed.
  package func remove() throws(ZeroMQError) {
    guard let listing = opendir(path) else {
      throw ZeroMQError(number: errno, call: "opendir", endpoint: path)
    }
    defer { closedir(listing) }
    while let entry = readdir(listing) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard name != ".", name != ".." else { continue }
      try UnixSocketPath(path: "\(path)/\(name)").removeSocket()
    }
    guard rmdir(path) == 0 else {
      throw ZeroMQError(number: errno, call: "rmdir", endpoint: path)
    }
  }

  private static func insecure(
    _ path: String, _ reason: String, _ remedy: String
  ) -> ZeroMQError {
    ZeroMQError(
      .insecureDirectory, call: "PrivateDirectory", endpoint: path, reason: reason, remedy: remedy)
  }
}
