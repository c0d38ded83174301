import Foundation
import Testing

#if canImport(Glibc)
import Glibc
#endif

/// A small file system, to fill; gone with this value's owner.
final class SmallDisk {
  /// Where it is mounted.
  let path: String

  /// Whether this process may mount one.
  static let isPossible: Bool = {
    do {
      let place = "/tmp/mr-e2e-disk-\(getpid())"
      _ = try SmallDisk(at: place)
      try FileManager.default.removeItem(atPath: place)
      return true
    } catch {
      return false
    }
  }()

  /// Makes a directory and mounts the file system on it.
  init(at path: String, kilobytes: Int = 64) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    self.path = path
    #if os(Linux)
    guard mount("tmpfs", path, "tmpfs", 0, "size=\(kilobytes)k") == 0 else {
      let reason = String(cString: strerror(errno))
      try FileManager.default.removeItem(atPath: path)
      throw NotMounted(reason: reason)
    }
    #else
    throw NotMounted(reason: "only known for Linux")
    #endif
  }

  /// Makes it larger.
  ///
  /// - Throws: ``NotMounted``.
  func grow(kilobytes: Int) throws {
    #if os(Linux)
    guard mount("tmpfs", path, "tmpfs", UInt(MS_REMOUNT), "size=\(kilobytes)k") == 0 else {
      throw NotMounted(reason: String(cString: strerror(errno)))
    }
    #endif
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

/// Linux's program that loads other programs.
enum DynamicLoader {
  /// Its path, where it is known.
  static var path: String? {
    ["/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1"].first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
  }
}
