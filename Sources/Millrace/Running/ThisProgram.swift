import Foundation

/// The executable of this process, which is started again for each worker.
enum ThisProgram {
  /// Its absolute path.
  static var path: String {
    #if canImport(Glibc)
    // Also right when the command was found through PATH or its directory has changed since.
    if let path = realPath("/proc/self/exe") { return path }
    #endif
    return Bundle.main.executablePath ?? CommandLine.arguments[0]
  }

  private static func realPath(_ link: String) -> String? {
    guard let resolved = realpath(link, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
