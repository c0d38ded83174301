import Glibc

/// The clock that all processes of a host share.
enum Monotonic {
  /// Nanoseconds of `CLOCK_MONOTONIC`.
  static var nanoseconds: Int64 {
    var time = timespec()
    let status = clock_gettime(CLOCK_MONOTONIC, &time)
    precondition(status == 0, "CLOCK_MONOTONIC is there on every Linux")
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// The same in seconds.
  static var seconds: Double { Double(nanoseconds) / 1e9 }

  /// Lets other processes run for about this long.
  static func pause(seconds: Double) {
    // An early end by a signal is as good: whoever pauses looks again.
    usleep(UInt32(seconds * 1e6))
  }
}
