import CZeroMQ

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The state of a ``Poller``: what it waits for and the array that poll(2) reads.
///
/// A class, so that sockets can leave it when they close. Empty slots stay in the arrays as the
/// descriptor -1, which poll(2) skips, so that the others keep their index.
final class PollSet {
  private struct Entry {
    var socket: SocketHandle?
    /// Of the socket, where signals for it arrive, or the one that is watched itself.
    var descriptor: CInt = -1
    var wanted: PollEvents = []
    var found: PollEvents = []
    /// Whether the slot is handed out, also after its socket has closed.
    var isTaken = true
  }

  private var entries: [Entry] = []
  private var items: UnsafeMutablePointer<pollfd>
  private var capacity = 16
  private var vacant: [Int] = []

  init() {
    items = .allocate(capacity: capacity)
  }

  deinit {
    items.deallocate()
  }

  var isEmpty: Bool { entries.isEmpty }

  func add(_ socket: SocketHandle, _ events: PollEvents) throws(ZeroMQError) -> PollSlot {
    precondition(socket.pollSet == nil, "the \(socket.kind.name) socket is in a poller already")
    let descriptor = try socket.integer(ZMQ_FD, "ZMQ_FD")
    let index = try takeSlot(Entry(socket: socket, descriptor: descriptor, wanted: events))
    socket.pollSet = self
    socket.slot = index
    return PollSlot(index: index)
  }

  func add(fileDescriptor: CInt, _ events: PollEvents) throws(ZeroMQError) -> PollSlot {
    precondition(fileDescriptor >= 0, "descriptor \(fileDescriptor)")
    return PollSlot(index: try takeSlot(Entry(descriptor: fileDescriptor, wanted: events)))
  }

  func setEvents(_ events: PollEvents, at slot: PollSlot) {
    check(slot)
    entries[slot.index].wanted = events
    arm(slot.index)
  }

  func events(at slot: PollSlot) -> PollEvents {
    check(slot)
    return entries[slot.index].found
  }

  /// Stops watching a slot whose socket closes; the slot stays taken until it is removed.
  func vacate(_ index: Int) {
    entries[index].socket?.pollSet = nil
    entries[index] = Entry()
    arm(index)
  }

  func remove(_ slot: PollSlot) {
    check(slot)
    vacate(slot.index)
    entries[slot.index].isTaken = false
    vacant.append(slot.index)
  }

  /// Looks at what no signal tells of: sockets that were not read until they had nothing left.
  ///
  /// - Returns: the number of slots with events.
  func findHeld() throws(ZeroMQError) -> Int {
    var count = 0
    for index in entries.indices {
      entries[index].found = []
      guard let socket = entries[index].socket, !entries[index].wanted.isEmpty,
        socket.mayHold || entries[index].wanted.contains(.writable)
      else { continue }
      if try look(at: socket, index) { count += 1 }
    }
    return count
  }

  /// Waits for signals once, and looks at what they tell of.
  ///
  /// - Parameter milliseconds: as in poll(2); it may return sooner.
  /// - Returns: the number of slots with events that it had not before.
  func wait(milliseconds: CInt) throws(ZeroMQError) -> Int {
    let ready = Self.poll(items, nfds_t(entries.count), milliseconds)
    guard ready >= 0 else {
      // The signal has used up part of the time.
      if errno == EINTR { return 0 }
      throw ZeroMQError(number: errno, call: "poll")
    }
    guard ready > 0 else { return 0 }
    var count = 0
    for index in entries.indices where items[index].revents != 0 {
      let revents = items[index].revents
      if let socket = entries[index].socket {
        if entries[index].found.isEmpty, try look(at: socket, index) { count += 1 }
      } else {
        entries[index].found = Self.events(revents)
        count += 1
      }
    }
    return count
  }

  func forgetEvents() {
    for index in entries.indices { entries[index].found = [] }
  }

  /// Looks at one socket, which handles the signals that have come for it.
  private func look(at socket: SocketHandle, _ index: Int) throws(ZeroMQError) -> Bool {
    let state = PollEvents(rawValue: Int16(try socket.integer(ZMQ_EVENTS, "ZMQ_EVENTS")))
    if !state.contains(.readable) { socket.mayHold = false }
    entries[index].found = state.intersection(entries[index].wanted)
    return !entries[index].found.isEmpty
  }

  private func check(_ slot: PollSlot) {
    precondition(
      slot.index < entries.count && entries[slot.index].isTaken,
      "slot \(slot.index) was removed from the poller")
  }

  /// Brings the array of poll(2) up to date. Signals of a socket that is not waited for go unseen.
  private func arm(_ index: Int) {
    let entry = entries[index]
    if entry.socket == nil {
      items[index] = pollfd(
        fd: entry.descriptor, events: Self.bits(entry.wanted), revents: 0)
    } else {
      items[index] = pollfd(
        fd: entry.wanted.isEmpty ? -1 : entry.descriptor, events: Int16(POLLIN), revents: 0)
    }
  }

  private static func bits(_ events: PollEvents) -> Int16 {
    var bits: CInt = 0
    if events.contains(.readable) { bits |= CInt(POLLIN) }
    if events.contains(.writable) { bits |= CInt(POLLOUT) }
    return Int16(bits)
  }

  private static func events(_ bits: Int16) -> PollEvents {
    var events: PollEvents = []
    if bits & Int16(POLLIN) != 0 { events.insert(.readable) }
    if bits & Int16(POLLOUT) != 0 { events.insert(.writable) }
    if bits & ~Int16(POLLIN | POLLOUT) != 0 { events.insert(.failed) }
    return events
  }

  private static func poll(
    _ items: UnsafeMutablePointer<pollfd>, _ count: nfds_t, _ milliseconds: CInt
  ) -> CInt {
    #if canImport(Glibc)
    Glibc.poll(items, count, milliseconds)
    #else
    Darwin.poll(items, count, milliseconds)
    #endif
  }

  private func takeSlot(_ entry: Entry) throws(ZeroMQError) -> Int {
    if let index = vacant.popLast() {
      entries[index] = entry
      arm(index)
      return index
    }
    // poll(2) refuses more entries than the process may have descriptors.
    var limit = rlimit()
    #if canImport(Glibc)
    let result = getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    #else
    let result = getrlimit(RLIMIT_NOFILE, &limit)
    #endif
    guard result == 0 else { throw ZeroMQError(number: errno, call: "getrlimit") }
    guard UInt64(entries.count) < UInt64(limit.rlim_cur) else {
      throw ZeroMQError(number: EMFILE, call: "poll", endpoint: "\(entries.count) sockets")
    }
    if entries.count == capacity { grow() }
    entries.append(entry)
    arm(entries.count - 1)
    return entries.count - 1
  }

  private func grow() {
    let larger = UnsafeMutablePointer<pollfd>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: items, count: entries.count)
    items.deallocate()
    items = larger
    capacity *= 2
  }
}
