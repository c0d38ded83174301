import CZeroMQ

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The state of a ``Poller``: the array that `zmq_poll` reads.
///
/// A class, so that sockets can leave it when they close. Empty slots stay in the array as the
/// descriptor -1, which poll(2) skips, so that the others keep their index.
final class PollSet {
  private(set) var items: UnsafeMutablePointer<zmq_pollitem_t>
  private(set) var count = 0
  private var capacity = 16
  private var vacant: [Int] = []
  /// Which slots are handed out, also those whose socket has closed.
  private var isTaken: [Bool] = []
  private var sockets: [SocketHandle?] = []

  private static var emptyItem: zmq_pollitem_t {
    zmq_pollitem_t(socket: nil, fd: -1, events: 0, revents: 0)
  }

  init() {
    items = .allocate(capacity: capacity)
  }

  deinit {
    items.deallocate()
  }

  func add(_ socket: SocketHandle, _ events: PollEvents) throws(ZeroMQError) -> PollSlot {
    precondition(socket.pollSet == nil, "the \(socket.kind.name) socket is in a poller already")
    let index = try takeSlot()
    items[index] = zmq_pollitem_t(
      socket: socket.raw, fd: -1, events: events.rawValue, revents: 0)
    sockets[index] = socket
    socket.pollSet = self
    socket.slot = index
    return PollSlot(index: index)
  }

  func add(fileDescriptor: CInt, _ events: PollEvents) throws(ZeroMQError) -> PollSlot {
    precondition(fileDescriptor >= 0, "descriptor \(fileDescriptor)")
    let index = try takeSlot()
    items[index] = zmq_pollitem_t(
      socket: nil, fd: fileDescriptor, events: events.rawValue, revents: 0)
    return PollSlot(index: index)
  }

  /// Stops watching a slot whose socket closes; the slot stays taken until it is removed.
  func vacate(_ index: Int) {
    items[index] = Self.emptyItem
    sockets[index]?.pollSet = nil
    sockets[index] = nil
  }

  func remove(_ slot: PollSlot) {
    check(slot)
    vacate(slot.index)
    isTaken[slot.index] = false
    vacant.append(slot.index)
  }

  func check(_ slot: PollSlot) {
    precondition(
      slot.index < count && isTaken[slot.index], "slot \(slot.index) was removed from the poller")
  }

  func forgetEvents() {
    for index in 0..<count { items[index].revents = 0 }
  }

  private func takeSlot() throws(ZeroMQError) -> Int {
    if let index = vacant.popLast() {
      isTaken[index] = true
      return index
    }
    // poll(2) refuses more entries than the process may have descriptors, on which `zmq_poll`
    // aborts the process.
    var limit = rlimit()
    #if canImport(Glibc)
    let result = getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    #else
    let result = getrlimit(RLIMIT_NOFILE, &limit)
    #endif
    guard result == 0 else { throw ZeroMQError(number: errno, call: "getrlimit") }
    guard UInt64(count) < UInt64(limit.rlim_cur) else {
      throw ZeroMQError(number: EMFILE, call: "zmq_poll", endpoint: "\(count) sockets")
    }
    if count == capacity { grow() }
    items[count] = Self.emptyItem
    isTaken.append(true)
    sockets.append(nil)
    count += 1
    return count - 1
  }

  private func grow() {
    let larger = UnsafeMutablePointer<zmq_pollitem_t>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: items, count: count)
    items.deallocate()
    items = larger
    capacity *= 2
  }
}
