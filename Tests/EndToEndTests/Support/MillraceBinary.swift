import Foundation

/// The `millrace` executable under test.
enum MillraceBinary {
  /// Its absolute path: what `MILLRACE` names, else `millrace` beside the test bundle, where the
  /// package's build puts both.
  ///
  /// - Throws: ``Missing`` when there is none.
  static func path() throws -> String {
    if let named = ProcessInfo.processInfo.environment["MILLRACE"] {
      guard FileManager.default.isExecutableFile(atPath: named) else {
        throw Missing(tried: [named])
      }
      return named
    }
    let candidates = neighbours.map { $0.appendingPathComponent("millrace").path }
    guard let found = candidates.first(where: FileManager.default.isExecutableFile) else {
      throw Missing(tried: candidates)
    }
    return found
  }

  /// There is no executable to test.
  struct Missing: Error, CustomStringConvertible {
    let tried: [String]
    var description: String {
      "no millrace executable at \(tried.joined(separator: " or ")); build it with `swift build` or "
        + "name it in MILLRACE"
    }
  }

  /// Directories in which the test's own program or bundle is.
  private static var neighbours: [URL] {
    var directories = [URL(fileURLWithPath: CommandLine.arguments[0])]
    if let executable = Bundle.main.executableURL { directories.append(executable) }
    directories += Bundle.allBundles.filter { $0.bundlePath.hasSuffix(".xctest") }.map(\.bundleURL)
    return directories.map { $0.resolvingSymlinksInPath().deletingLastPathComponent() }
  }
}

/// The package's own files.
enum Repository {
  /// The package's directory.
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The path of a topology that comes with the product, by its name without the ending.
  static func topology(_ name: String) -> String {
    root.appendingPathComponent("Topologies/\(name).yaml").path
  }

  /// The lines of a text file of the product.
  static func lines(_ path: String) throws -> [Substring] {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: true)
  }
}
