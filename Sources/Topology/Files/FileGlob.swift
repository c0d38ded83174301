#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Expands a path that may hold `*`, `?` and `[…]` to the files it names.
///
/// Each wildcard stands for characters within one part of a path, and for a leading dot only where
/// the dot is written, as in a shell. A path that exists as it stands is that file, whatever
/// characters it holds.
enum FileGlob {
  /// Most files that one pattern may name.
  static let limit = 100_000

  /// Why a pattern names no files.
  struct Failure: Error, Equatable {
    var message: String
  }

  /// The readable regular files that `pattern` names, sorted by their bytes; at least one.
  ///
  /// - Parameter folder: where a relative pattern begins: empty for the current directory, otherwise
  ///   a path that ends in a slash. Its characters stand for themselves.
  static func expand(_ pattern: String, in folder: String = "") throws(Failure) -> [String] {
    let base = FilePath.isAbsolute(pattern) ? "/" : folder
    let path = FilePath.tidy(FilePath.isAbsolute(pattern) ? pattern : folder + pattern)
    if !hasWildcard(pattern) || status(path) != nil {
      try check(path)
      return [path]
    }
    let matches = try matches(of: pattern, in: base)
    let files = matches.filter { status($0).map { $0 & S_IFMT != S_IFDIR } ?? true }
    guard !files.isEmpty else {
      let found = matches.isEmpty ? "nothing" : "only directories"
      throw Failure(message: "'\(path)' matches \(found): check the path and the pattern")
    }
    for file in files { try check(file) }
    return files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// All paths that match, whatever they are.
  private static func matches(of pattern: String, in base: String) throws(Failure) -> [String] {
    let parts = FilePath.tidy(pattern).utf8.split(separator: UInt8(ascii: "/"))
      .map { String(Substring($0)) }
    var paths = [base]
    var isLiteral = true
    for (depth, part) in parts.enumerated() {
      var next: [String] = []
      for path in paths {
        let prefix = depth == 0 ? path : path + "/"
        guard hasWildcard(part) else {
          if isLiteral || status(prefix + part) != nil { next.append(prefix + part) }
          continue
        }
        for name in try names(in: path, isLiteral: isLiteral)
        where fnmatch(part, name, FNM_PERIOD) == 0 {
          next.append(prefix + name)
        }
        guard next.count <= limit else {
          throw Failure(message: "'\(pattern)' matches more than \(limit) files: narrow it down")
        }
      }
      if hasWildcard(part) { isLiteral = false }
      paths = next
    }
    return paths.map(FilePath.tidy)
  }

  /// The names within a directory. One that a wildcard found need not be a directory.
  private static func names(in path: String, isLiteral: Bool) throws(Failure) -> [String] {
    guard let directory = opendir(path.isEmpty ? "." : path) else {
      let code = errno
      if !isLiteral, code == ENOTDIR || code == ENOENT { return [] }
      throw Failure(message: "cannot read directory '\(path)': \(SystemError.text(code))")
    }
    defer { closedir(directory) }
    var names: [String] = []
    errno = 0
    while let entry = readdir(directory) {
      // The name is longer than its declaration where a file system has longer ones, so its address
      // within the entry is what counts.
      let start = UnsafeRawPointer(entry) + MemoryLayout<dirent>.offset(of: \.d_name)!
      let name = String(cString: start.assumingMemoryBound(to: CChar.self))
      if name != ".", name != ".." { names.append(name) }
      errno = 0
    }
    guard errno == 0 else {
      throw Failure(message: "cannot read directory '\(path)': \(SystemError.text(errno))")
    }
    return names
  }

  private static func check(_ path: String) throws(Failure) {
    var buffer = stat()
    guard stat(path, &buffer) == 0 else {
      throw Failure(message: "cannot read '\(path)': \(SystemError.text(errno))")
    }
    switch buffer.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR:
      throw Failure(
        message: "'\(path)' is a directory: name the files in it, as in '\(path)/*.csv'")
    default: throw Failure(message: "'\(path)' is not a regular file: copy its data into one")
    }
    guard access(path, R_OK) == 0 else {
      throw Failure(message: "cannot read '\(path)': \(SystemError.text(errno))")
    }
  }

  /// The mode of what is at `path`, or `nil` when there is nothing.
  private static func status(_ path: String) -> mode_t? {
    var buffer = stat()
    return stat(path, &buffer) == 0 ? buffer.st_mode : nil
  }

  private static func hasWildcard(_ text: String) -> Bool {
    text.utf8.contains { "*?[\\".utf8.contains($0) }
  }
}
