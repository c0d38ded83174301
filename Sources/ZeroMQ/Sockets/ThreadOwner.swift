#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Remembers the first thread that asks, and traps when another one does.
struct ThreadOwner {
  private var thread: pthread_t?

  /// Traps on any thread but the owner; makes the first one the owner.
  @inline(__always)
  mutating func claim(_ name: @autoclosure () -> String) {
    assertCurrent(name())
    thread = pthread_self()
  }

  /// Traps on any thread but the owner, if there is one by now.
  @inline(__always)
  func assertCurrent(_ name: @autoclosure () -> String) {
    guard let thread else { return }
    precondition(
      pthread_equal(thread, pthread_self()) != 0,
      "a \(name()) was used by two threads; it belongs to one")
  }
}
