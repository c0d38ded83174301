#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A door that opens once; threads wait for it for a limited time.
///
/// `@unchecked Sendable`: the only mutable state is `isOpen`, read and written under `mutex`; the
/// mutex and the condition live on the heap, so their addresses never change. (`Mutex` of the
/// standard library has no condition variable.)
final class Latch: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var isOpen = false

  init() {
    precondition(pthread_mutex_init(mutex, nil) == 0, "pthread_mutex_init failed")
    var attributes = pthread_condattr_t()
    precondition(pthread_condattr_init(&attributes) == 0, "pthread_condattr_init failed")
    #if canImport(Glibc)
    // Deadlines must not move when somebody sets the clock.
    let clock = pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    precondition(clock == 0, "pthread_condattr_setclock failed")
    #endif
    precondition(pthread_cond_init(condition, &attributes) == 0, "pthread_cond_init failed")
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  /// Lets all present and future waiters through.
  func open() {
    pthread_mutex_lock(mutex)
    isOpen = true
    pthread_cond_broadcast(condition)
    pthread_mutex_unlock(mutex)
  }

  /// Waits until the door is open; false if it was not after `timeout`.
  func wait(atMost timeout: Duration) -> Bool {
    let deadline = MonotonicDeadline(after: timeout)
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while !isOpen {
      #if canImport(Glibc)
      guard deadline.remaining != nil else { return false }
      var until = deadline.instant
      pthread_cond_timedwait(condition, mutex, &until)
      #else
      guard let left = deadline.remaining else { return false }
      let (seconds, attoseconds) = left.components
      var relative = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
      pthread_cond_timedwait_relative_np(condition, mutex, &relative)
      #endif
    }
    return true
  }
}
