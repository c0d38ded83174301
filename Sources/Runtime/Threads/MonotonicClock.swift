package import PipelineCore

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The clock that is handed to machines.
package enum MonotonicClock {
  /// Now, on the clock that never goes back.
  package static var now: Instant {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Instant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
  }

  /// Blocks the thread until a moment that is less than a second away; signals may end it sooner.
  static func sleep(until moment: Instant) {
    let left = (moment - now).nanoseconds
    guard left > 0 else { return }
    var time = timespec(tv_sec: 0, tv_nsec: Int(min(left, 999_999_999)))
    _ = nanosleep(&time, nil)
  }
}
