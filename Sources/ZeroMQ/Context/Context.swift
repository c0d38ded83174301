import CZeroMQ
import Synchronization

/// The home of sockets: libzmq's I/O threads and the names of `inproc` endpoints.
///
/// A process needs one. Sockets hold on to their context, so it never ends before them. To leave a
/// process with all lingering messages sent, close the sockets and call ``terminate(within:)``,
/// which waits for a limited time; a context that is merely dropped terminates by itself, after
/// the ``SocketOptions/linger`` of its sockets at most.
package final class Context: Sendable {
  /// libzmq allows the use of a context from any thread; the pointer itself never changes.
  nonisolated(unsafe) private let raw: UnsafeMutableRawPointer

  /// The number of its I/O threads.
  package let ioThreads: Int

  private let state = Mutex(State())

  private struct State {
    var openSockets: [SocketKind: Int] = [:]
    var isShutDown = false
    /// Opens when `zmq_ctx_term` has returned; set once it was started.
    var termination: Latch?
  }

  /// Starts a context.
  ///
  /// - Parameters:
  ///   - ioThreads: threads that move bytes, 1 to 64. One serves about a gigabyte a second.
  ///   - maximumSockets: the largest number of sockets open at a time, 1 to 65 535.
  /// - Throws: ``ZeroMQError`` where a number is out of range or no descriptor is left.
  package init(ioThreads: Int = 1, maximumSockets: Int = 1023) throws(ZeroMQError) {
    try Self.check("ioThreads", ioThreads, in: 1...64)
    try Self.check("maximumSockets", maximumSockets, in: 1...65_535)
    guard let raw = zmq_ctx_new() else { throw .last("zmq_ctx_new") }
    self.raw = raw
    self.ioThreads = ioThreads
    // Not "blocky": a socket that was created without a linger, such as a monitor's, gets zero
    // instead of for ever.
    let options = [
      (ZMQ_IO_THREADS, CInt(ioThreads)), (ZMQ_MAX_SOCKETS, CInt(maximumSockets)), (ZMQ_BLOCKY, 0),
    ]
    for (option, value) in options where zmq_ctx_set(raw, option, value) != 0 {
      throw .last("zmq_ctx_set", endpoint: "option \(option)")
    }
  }

  /// The version of libzmq in this process, such as `4.3.4`.
  package static var libraryVersion: String {
    var (major, minor, patch): (CInt, CInt, CInt) = (0, 0, 0)
    zmq_version(&major, &minor, &patch)
    return "\(major).\(minor).\(patch)"
  }

  deinit {
    // Nothing else refers to this context, hence all its sockets are closed.
    guard state.withLock({ $0.termination == nil }) else { return }
    let result = retryingInterrupts { zmq_ctx_term(raw) }
    precondition(result == 0, "zmq_ctx_term: \(ZeroMQError.reason(of: zmq_errno()))")
  }

  private static func check(_ name: String, _ value: Int, in range: ClosedRange<Int>)
    throws(ZeroMQError)
  {
    guard range.contains(value) else {
      throw ZeroMQError(
        .invalidOption, call: "Context", endpoint: name,
        reason: "\(value) is not from \(range.lowerBound) to \(range.upperBound)",
        remedy: "choose a number in this range")
    }
  }

  /// The number of sockets open now, those of monitors and handlers included.
  package var openSocketCount: Int {
    state.withLock { $0.openSockets.values.reduce(0, +) }
  }

  /// Makes every call on the context's sockets fail with ``ZeroMQError/Code/contextTerminated``,
  /// so that threads that wait in a poll wake up, close their sockets and leave.
  ///
  /// Messages already given to a closed socket are still sent within its linger.
  package func shutdown() {
    state.withLock { state in
      if state.isShutDown { return }
      state.isShutDown = true
      let result = zmq_ctx_shutdown(raw)
      precondition(result == 0, "zmq_ctx_shutdown: \(ZeroMQError.reason(of: zmq_errno()))")
    }
  }

  /// Shuts down, waits until all sockets are closed and their lingering messages are sent or
  /// given up, and ends the context. May be called more than once.
  ///
  /// - Parameter timeout: the longest wait; longer than the largest linger, or messages that
  ///   linger count as a failure.
  /// - Throws: ``ZeroMQError/Code/terminationTimedOut``, naming the sockets that are still open.
  ///   The context then goes on ending in the background.
  package func terminate(within timeout: Duration = .seconds(5)) throws(ZeroMQError) {
    shutdown()
    let latch = try startTermination()
    guard !latch.wait(atMost: timeout) else { return }
    let open = state.withLock { $0.openSockets.filter { $0.value > 0 } }
      .map { "\($0.value) \($0.key.name)" }.sorted().joined(separator: ", ")
    throw ZeroMQError(
      .terminationTimedOut, call: "zmq_ctx_term",
      reason: open.isEmpty
        ? "messages still linger after \(timeout)" : "sockets still open after \(timeout): \(open)",
      remedy: open.isEmpty
        ? "wait longer than the sockets' linger" : "close every socket on its own thread first")
  }

  private func startTermination() throws(ZeroMQError) -> Latch {
    let (latch, isNew) = state.withLock { state in
      if let latch = state.termination { return (latch, false) }
      let latch = Latch()
      state.termination = latch
      return (latch, true)
    }
    guard isNew else { return latch }
    // `zmq_ctx_term` waits without limit, so it waits on a thread of its own. The thread holds the
    // context: the pointer must outlive the sockets that close meanwhile.
    do {
      let thread = try NativeThread(name: "zmq-terminate") { [self] in
        let result = retryingInterrupts { zmq_ctx_term(raw) }
        precondition(result == 0, "zmq_ctx_term: \(ZeroMQError.reason(of: zmq_errno()))")
        latch.open()
      }
      thread.detach()
    } catch {
      state.withLock { $0.termination = nil }
      throw error
    }
    return latch
  }

  /// Creates a socket and counts it.
  func makeSocket(_ kind: SocketKind) throws(ZeroMQError) -> UnsafeMutableRawPointer {
    // Under the lock: after `shutdown` the pointer may be gone at any time.
    let created: Result<UnsafeMutableRawPointer, ZeroMQError> = state.withLock { state in
      if state.isShutDown { return .failure(ZeroMQError(number: ETERM, call: "zmq_socket")) }
      guard let socket = zmq_socket(raw, kind.rawValue) else {
        return .failure(.last("zmq_socket", endpoint: kind.name))
      }
      state.openSockets[kind, default: 0] += 1
      return .success(socket)
    }
    return try created.get()
  }

  /// Closes a socket that ``makeSocket(_:)`` created.
  func close(_ socket: UnsafeMutableRawPointer, _ kind: SocketKind) {
    state.withLock { $0.openSockets[kind, default: 0] -= 1 }
    let result = zmq_close(socket)
    precondition(result == 0, "zmq_close: \(ZeroMQError.reason(of: zmq_errno()))")
  }
}
