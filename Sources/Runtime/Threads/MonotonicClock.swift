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
}
