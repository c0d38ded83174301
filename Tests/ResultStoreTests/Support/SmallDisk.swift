import Foundation
import Testing

#if canImport(Glibc)
import Glibc
#endif

/// A file system of 64 KiB, to fill; unmounted with its last reference.
final class SmallDisk {
  /// Where it is mounted.
  let path: String

  /// Whether this process may mount one.
  static let isPossible: Bool = {
    do {
      _ = try SmallDisk()
      return true
    } catch {
      return false
    }
  }()

  /// Removed after the file system is unmounted.
  private let place: TestDirectory

  /// Makes a directory and mounts the file system on it.
  init() throws {
    place = try TestDirectory()
    let path = place.path + "/small"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    #if os(Linux)
    guard mount("tmpfs", path, "tmpfs", 0, "size=64k") == 0 else {
      throw NotMounted(reason: String(cString: strerror(errno)))
    }
    #else
    throw NotMounted(reason: "only known for Linux")
    #endif
    // Last: what is not mounted is not to be unmounted by `deinit`.
    self.path = path
  }

  deinit {
    #if os(Linux)
    if umount2(path, Int32(MNT_DETACH)) != 0 { Issue.record("\(path) is still mounted") }
    #endif
  }

  /// There is no such disk.
  struct NotMounted: Error {
    let reason: String
  }
}
