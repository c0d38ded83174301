import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A thread that a test starts, signals and waits for.
final class TestThread {
  private var id: pthread_t

  private final class Body {
    let run: () -> Void

    init(_ run: @escaping () -> Void) { self.run = run }
  }

  init(_ body: sending @escaping () -> Void) {
    let start = Unmanaged.passRetained(Body(body))
    #if canImport(Glibc)
    var created = pthread_t()
    #else
    var created: pthread_t?
    #endif
    let result = pthread_create(
      &created, nil,
      { argument in
        #if canImport(Glibc)
        let argument = argument!
        #endif
        Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      }, start.toOpaque())
    precondition(result == 0, "pthread_create: \(result)")
    #if canImport(Glibc)
    id = created
    #else
    id = created!
    #endif
  }

  func signal(_ number: CInt) { pthread_kill(id, number) }

  func join() { pthread_join(id, nil) }
}

/// A value that threads of a test share.
final class Shared<Value: Sendable>: Sendable {
  private let mutex: Mutex<Value>

  init(_ value: Value) { mutex = Mutex(value) }

  var value: Value {
    get { mutex.withLock { $0 } }
    set { mutex.withLock { $0 = newValue } }
  }

  func update(_ change: (inout Value) -> Void) {
    mutex.withLock { change(&$0) }
  }

  /// Waits until the value fits; false if it does not in time.
  func waits(until fits: (Value) -> Bool) -> Bool {
    let deadline = ContinuousClock.now + patience
    while ContinuousClock.now < deadline {
      if fits(value) { return true }
      sched_yield()
    }
    return false
  }
}

/// Counts how often it is let go.
final class Owner: Sendable {
  nonisolated(unsafe) let bytes: UnsafeMutableRawBufferPointer
  private let releases: Shared<Int>

  init(_ count: Int, releases: Shared<Int>) {
    bytes = .allocate(byteCount: count, alignment: 8)
    bytes.initializeMemory(as: UInt8.self, repeating: 7)
    self.releases = releases
  }

  deinit {
    bytes.deallocate()
    releases.update { $0 += 1 }
  }
}
