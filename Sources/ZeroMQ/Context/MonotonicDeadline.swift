#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A point on the monotonic clock at which a wait ends.
struct MonotonicDeadline {
  /// The point; seconds and nanoseconds of `CLOCK_MONOTONIC`.
  let instant: timespec

  /// The longest wait, a year: longer ones are shortened to it, which keeps the sums in range.
  private static let longest: Duration = .seconds(365 * 86_400)

  /// The point `timeout` from now; a negative one counts as zero.
  init(after timeout: Duration) {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    let (seconds, attoseconds) = min(max(timeout, .zero), Self.longest).components
    let nanoseconds = now.tv_nsec + Int(attoseconds / 1_000_000_000)
    instant = timespec(
      tv_sec: now.tv_sec + Int(seconds) + nanoseconds / 1_000_000_000,
      tv_nsec: nanoseconds % 1_000_000_000)
  }

  /// The time left, or nil if the point has passed.
  var remaining: Duration? {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    let left =
      Duration.seconds(instant.tv_sec - now.tv_sec)
      + .nanoseconds(instant.tv_nsec - now.tv_nsec)
    return left > .zero ? left : nil
  }
}
