import CZeroMQ

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Waits for sockets and file descriptors, on one thread.
///
/// What is watched has a slot, whose events are read after ``poll(timeout:)``. A socket that
/// closes leaves its poller by itself; its slot is to be removed all the same. Nothing is allocated
/// per poll. The cost grows with the number of entries, about 100 ns each, which is right for the lanes
/// of a few hundred workers.
///
/// In place of `zmq_poll`, which asks each socket before and after it waits, in two or three system
/// calls each, and polls twice. A socket that was read until it had nothing left signals what comes
/// later (`ZMQ_FD` in zmq_getsockopt(3)), and is asked only then; the others are asked before the wait.
package struct Poller: ~Copyable {
  private let set = PollSet()
  private var owner = ThreadOwner()

  /// A poller that watches nothing.
  package init() {}

  /// Watches a socket, which must not be in another poller.
  ///
  /// - Returns: where to look for its events.
  /// - Throws: ``ZeroMQError/Code/tooManyOpenFiles`` if there are more entries than the process
  ///   may have descriptors.
  package mutating func add<Pattern: SocketPattern>(
    _ socket: borrowing Socket<Pattern>, for events: PollEvents
  ) throws(ZeroMQError) -> PollSlot {
    try set.add(socket.handle, events)
  }

  /// Watches a monitor for events that can be read.
  ///
  /// - Returns: where to look for its events.
  /// - Throws: ``ZeroMQError`` as ``add(_:for:)``.
  package mutating func add(_ monitor: borrowing SocketMonitor) throws(ZeroMQError) -> PollSlot {
    try set.add(monitor.handle, .readable)
  }

  /// Watches a file descriptor, which must be removed before it is closed.
  ///
  /// - Returns: where to look for its events.
  /// - Throws: ``ZeroMQError`` as ``add(_:for:)``.
  package mutating func add(
    fileDescriptor: CInt, for events: PollEvents
  ) throws(ZeroMQError) -> PollSlot {
    try set.add(fileDescriptor: fileDescriptor, events)
  }

  /// Waits for other events at a slot from now on; for none with an empty set.
  package mutating func setEvents(_ events: PollEvents, at slot: PollSlot) {
    set.setEvents(events, at: slot)
  }

  /// Stops watching; the slot must not be used any more.
  package mutating func remove(_ slot: PollSlot) {
    set.remove(slot)
  }

  /// Waits until something happens or the time is over. Signals do not end the wait.
  ///
  /// - Parameter timeout: rounded up to milliseconds; zero only looks; nil waits for ever, which
  ///   needs something to watch.
  /// - Returns: the number of slots with events.
  /// - Throws: ``ZeroMQError/Code/contextTerminated`` if the context is shut down.
  package mutating func poll(timeout: Duration?) throws(ZeroMQError) -> Int {
    owner.claim("poller")
    precondition(timeout != nil || !set.isEmpty, "waiting for ever, for nothing")
    do throws(ZeroMQError) {
      let held = try set.findHeld()
      if held > 0 { return held + (try set.wait(milliseconds: 0)) }
      let deadline = timeout.map { MonotonicDeadline(after: $0) }
      var left = timeout?.milliseconds ?? -1
      while true {
        let ready = try set.wait(milliseconds: left)
        if ready > 0 || left == 0 { return ready }
        // Part of the time has gone by; at its end, look once more without waiting.
        if let deadline { left = deadline.remaining?.milliseconds ?? 0 }
      }
    } catch {
      set.forgetEvents()
      throw error
    }
  }

  /// What the last poll found at a slot; nothing if its socket has closed since.
  package func events(at slot: PollSlot) -> PollEvents {
    set.events(at: slot)
  }

  /// Whether the last poll found a message or bytes to read at a slot.
  package func isReadable(_ slot: PollSlot) -> Bool {
    events(at: slot).contains(.readable)
  }
}
