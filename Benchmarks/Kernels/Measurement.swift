#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How long the runs of a kernel took, in nanoseconds of this thread's processor time: what other
/// processes do in the meantime does not count.
struct Measurement {
  /// The shortest run.
  let shortest: Double
  /// The run in the middle.
  let median: Double

  /// Runs `kernel` once to warm up and then `repetitions` times, at least once.
  init(_ kernel: Kernel, repetitions: Int) throws {
    try kernel.run()
    var times: [Double] = []
    for _ in 0..<max(1, repetitions) {
      let start = Self.processorTime
      try kernel.run()
      times.append(Self.processorTime - start)
    }
    times.sort()
    shortest = times[0]
    median = times[times.count / 2]
  }

  private static var processorTime: Double {
    var time = timespec()
    let status = clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    precondition(status == 0, "every thread has a clock")
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
  }
}
