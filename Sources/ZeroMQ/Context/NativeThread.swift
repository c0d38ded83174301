#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A thread of the operating system, for work that blocks in libzmq.
package struct NativeThread: Sendable {
  private let id: pthread_t

  /// Carries the body through the C interface.
  private final class Start {
    let body: () -> Void

    init(_ body: @escaping () -> Void) {
      self.body = body
    }
  }

  /// Starts a thread.
  ///
  /// - Parameter name: says in an error what the thread was for.
  /// - Throws: ``ZeroMQError`` if the system has no thread left.
  package init(name: String, body: sending @escaping () -> Void) throws(ZeroMQError) {
    let start = Unmanaged.passRetained(Start(body))
    #if canImport(Glibc)
    var created = pthread_t()
    #else
    var created: pthread_t?
    #endif
    let result = pthread_create(&created, nil, { Self.run($0) }, start.toOpaque())
    guard result == 0 else {
      start.release()
      throw ZeroMQError(number: result, call: "pthread_create", endpoint: name)
    }
    #if canImport(Glibc)
    id = created
    #else
    id = created!
    #endif
  }

  private static func run(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
    // Signals are for the threads of the program, which know what to do with them.
    var signals = sigset_t()
    sigfillset(&signals)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    start.body()
    return nil
  }

  /// Waits until the thread has ended. Call this or ``detach()``, once.
  package func join() {
    let result = pthread_join(id, nil)
    precondition(result == 0, "pthread_join: \(ZeroMQError.reason(of: result))")
  }

  /// Lets the thread end by itself.
  package func detach() {
    let result = pthread_detach(id)
    precondition(result == 0, "pthread_detach: \(ZeroMQError.reason(of: result))")
  }
}
