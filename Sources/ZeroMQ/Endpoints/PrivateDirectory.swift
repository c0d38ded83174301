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

  /// Makes a new directory `parent/prefix-XXXXXX`, with random characters.
  ///
  /// - Parameters:
  ///   - parent: short, since paths of sockets are limited to 107 bytes.
  ///   - announce: is told the path before the directory is made, so that it can be noted for whoever
  ///     cleans up after a process that was killed.
  /// - Throws: ``ZeroMQError`` if it cannot be made.
  package init(
    temporary prefix: String, in parent: String = "/tmp", announce: (String) -> Void = { _ in }
  ) throws(ZeroMQError) {
    for _ in 0..<Self.attempts {
      let random = String((0..<6).map { _ in Self.characters[.random(in: 0..<62)] })
      let path = "\(parent)/\(prefix)-\(random)"
      announce(path)
      if mkdir(path, 0o700) == 0 {
        try self.init(existing: path)
        return
      }
      guard errno == EEXIST else {
        throw ZeroMQError(number: errno, call: "mkdir", endpoint: path)
      }
    }
    throw ZeroMQError(number: EEXIST, call: "mkdir", endpoint: "\(parent)/\(prefix)-XXXXXX")
  }

  /// Names that are tried before the directory counts as full.
  private static let attempts = 100
  private static let characters = Array(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")

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
