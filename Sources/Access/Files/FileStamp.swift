#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// By what a change of a file is noticed.
struct FileStamp: Equatable {
  private let device: UInt64
  private let inode: UInt64
  private let size: Int64
  private let modified: Duration
  private let changed: Duration

  init(_ status: stat) {
    device = UInt64(truncatingIfNeeded: status.st_dev)
    inode = UInt64(truncatingIfNeeded: status.st_ino)
    size = Int64(status.st_size)
    #if canImport(Glibc)
    modified = Self.duration(status.st_mtim)
    changed = Self.duration(status.st_ctim)
    #else
    modified = Self.duration(status.st_mtimespec)
    changed = Self.duration(status.st_ctimespec)
    #endif
  }

  /// The stamp of the file at a path; nil if it cannot be had.
  init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  private static func duration(_ time: timespec) -> Duration {
    .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }

  /// Whether the last change is so long ago, by the system's clock, that another one would show. File
  /// systems tell times in steps of up to two seconds.
  var isSettled: Bool {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return max(modified, changed) + .seconds(3) < Self.duration(now)
  }
}
