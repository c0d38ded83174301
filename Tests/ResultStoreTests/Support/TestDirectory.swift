import Foundation
import Testing

/// A directory of its own for a test, removed with its last reference.
final class TestDirectory {
  let path: String

  init() throws {
    let place = FileManager.default.temporaryDirectory
      .appending(path: "mr-store-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: false)
    path = place.resolvingSymlinksInPath().path(percentEncoded: false)
  }

  deinit {
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      Issue.record("\(path) cannot be removed: \(error)")
    }
  }
}
