import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How other threads hand events to an engine: a queue, and a descriptor in the engine's poll set
/// that is readable while the queue may hold something.
package final class Inbox<Element: Sendable>: Sendable {
  private struct State {
    var queue: [Element] = []

    mutating func take() -> [Element] {
      var taken: [Element] = []
      swap(&taken, &queue)
      return taken
    }
  }

  private let state = Mutex(State())
  private let readEnd: CInt
  private let writeEnd: CInt

  /// An empty inbox.
  ///
  /// - Throws: ``RuntimeError`` when no descriptor is left.
  package init() throws(RuntimeError) {
    var ends: [CInt] = [0, 0]
    guard pipe(&ends) == 0 else { throw .system("pipe", errno) }
    (readEnd, writeEnd) = (ends[0], ends[1])
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
  }

  deinit {
    close(readEnd)
    close(writeEnd)
  }

  /// Readable while something may be queued.
  package var descriptor: CInt { readEnd }

  /// Queues an element; the engine wakes up. The sender of a kind of event limits how many it has
  /// on the way.
  package func post(_ element: Element) {
    let isToWake = state.withLock { state in
      state.queue.append(element)
      return state.queue.count == 1
    }
    guard isToWake else { return }
    var one: UInt8 = 1
    // EAGAIN means that the descriptor is readable already.
    _ = write(writeEnd, &one, 1)
  }

  /// Waits until something may be queued; for threads that poll nothing else.
  package func wait() {
    var item = pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)
    // EINTR only means looking again sooner.
    _ = poll(&item, 1, -1)
  }

  /// Takes all that is queued, in order.
  package func drain() -> [Element] {
    var marks: UInt64 = 0
    while read(readEnd, &marks, MemoryLayout<UInt64>.size) == MemoryLayout<UInt64>.size {}
    return state.withLock { $0.take() }
  }
}
