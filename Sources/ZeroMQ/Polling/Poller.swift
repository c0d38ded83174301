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
/// per poll here (libzmq allocates once per call beyond 16 entries). The cost grows with the number
/// of entries, about 100 ns each, which is right for the lanes of a few hundred workers.
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
    set.check(slot)
    set.items[slot.index].events = events.rawValue
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
    precondition(timeout != nil || set.count > 0, "waiting for ever, for nothing")
    let deadline = timeout.map { MonotonicDeadline(after: $0) }
    var wait = timeout.map { Int($0.milliseconds) } ?? -1
    while true {
      let ready = zmq_poll(set.items, CInt(set.count), wait)
      if ready >= 0 { return Int(ready) }
      let number = zmq_errno()
      guard number == EINTR else {
        set.forgetEvents()
        throw ZeroMQError(number: number, call: "zmq_poll")
      }
      // The signal has used up part of the time; at its end, look once more without waiting.
      if let deadline { wait = Int(deadline.remaining?.milliseconds ?? 0) }
    }
  }

  /// What the last poll found at a slot; nothing if its socket has closed since.
  package func events(at slot: PollSlot) -> PollEvents {
    set.check(slot)
    return PollEvents(rawValue: set.items[slot.index].revents)
  }

  /// Whether the last poll found a message or bytes to read at a slot.
  package func isReadable(_ slot: PollSlot) -> Bool {
    events(at: slot).contains(.readable)
  }
}
