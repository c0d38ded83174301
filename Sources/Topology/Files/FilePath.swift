#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Paths as texts.
enum FilePath {
  /// `path` itself when it is absolute, otherwise that path from the folder that holds `file`.
  static func join(_ path: String, toFolderOf file: String) -> String {
    isAbsolute(path) ? path : folder(of: file) + path
  }

  /// The folder that holds `file`, with the slash that ends it; empty when `file` is only a name.
  static func folder(of file: String) -> String {
    guard let slash = file.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
    return String(file[...slash])
  }

  /// Whether `path` begins at the root.
  static func isAbsolute(_ path: String) -> Bool {
    path.utf8.first == UInt8(ascii: "/")
  }

  /// `path` without `.` parts and repeated slashes.
  static func tidy(_ path: String) -> String {
    let parts = path.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
    let tidy = parts.filter { $0 != "." }.joined(separator: "/")
    if isAbsolute(path) { return "/" + tidy }
    return tidy.isEmpty ? "." : tidy
  }

  /// The path without symbolic links; when the system does not know it, the path itself, tidied.
  static func canonical(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return tidy(path) }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The ending of the last part without its dot, in lower case; empty when there is none.
  static func ending(of path: String) -> String {
    let name = path.utf8.split(separator: UInt8(ascii: "/")).last ?? "".utf8[...]
    guard let dot = name.lastIndex(of: UInt8(ascii: ".")) else { return "" }
    return Substring(name[dot...].dropFirst()).lowercased()
  }
}
