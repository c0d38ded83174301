import Access
import Foundation
import Testing

/// A directory that is removed with its content at the end of a test.
final class TestDirectory {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/access-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
  }

  deinit {
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      Issue.record(error)
    }
  }

  /// Writes a file in place and gives its path.
  @discardableResult
  func write(_ name: String, _ text: String, mode: Int = 0o600) throws -> String {
    let file = "\(path)/\(name)"
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    try setMode(mode, of: file)
    return file
  }

  /// A directory with keys of these nodes.
  func keys(_ nodes: String...) throws -> KeyDirectory {
    let directory = KeyDirectory(path: "\(path)/keys")
    #expect(try directory.create(nodes: nodes.map { try NodeName($0) }))
    return directory
  }
}

/// A file's text.
func content(_ path: String) throws -> String {
  String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
}

/// The permissions of a file or directory.
func mode(_ path: String) throws -> Int {
  let attributes = try FileManager.default.attributesOfItem(atPath: path)
  return try #require(attributes[.posixPermissions] as? Int)
}

func setMode(_ mode: Int, of path: String) throws {
  try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
}

/// The names in a directory, in order.
func names(_ path: String) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: path).sorted()
}

/// The error that `body` throws; a failed expectation if it throws none.
func accessError(
  _ body: () throws -> Void, sourceLocation: SourceLocation = #_sourceLocation
) -> AccessError? {
  #expect(throws: AccessError.self, sourceLocation: sourceLocation) { try body() }
}
