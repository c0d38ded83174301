import CProcessors
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Has the threads of a run that take turns share one processor: see ``TurnTaking``.
///
/// These are the threads of this process that take part, libzmq's I/O threads, and all of its worker
/// processes. A thread that may not run on all the processors that this process may run on is left alone.
/// What cannot be moved stays where it is: it is only slower. Where the system has no such thing, nothing is
/// ever shared.
final class SharedProcessor: Sendable {
  private struct State {
    /// Those of this process that take part.
    var threads: [CInt] = []
    /// The processor that is shared.
    var shared: ProcessorMask?
  }

  private let state = Mutex(State())
  private let workers: @Sendable () -> [CInt]
  private let all: ProcessorMask

  /// Nothing is shared yet, and no thread of this process takes part.
  ///
  /// - Parameter workers: the worker processes that are there. One that is new while a processor is shared
  ///   takes part the next time.
  init(workers: @escaping @Sendable () -> [CInt]) {
    self.workers = workers
    all = ProcessorMask(of: 0) ?? ProcessorMask()
  }

  /// The calling thread's number.
  static var currentThread: CInt { processors_thread() }

  /// Has the calling thread take part.
  func takePart() {
    let thread = Self.currentThread
    state.withLock { $0.threads.append(thread) }
  }

  /// Has all that take part run where the calling thread does.
  func share() {
    guard all.count > 1, let one = ProcessorMask(only: processors_current()) else { return }
    state.withLock { state in
      guard state.shared == nil else { return }
      state.shared = one
      let transports = Self.threads(of: "self").filter { Self.isTransport($0) }
      Self.move(state.threads + transports + workerThreads, from: all, to: one)
    }
  }

  /// Has them run anywhere again, and the threads that they started meanwhile.
  func release() {
    state.withLock { state in
      guard let one = state.shared.take() else { return }
      Self.move(Self.threads(of: "self") + workerThreads, from: one, to: all)
    }
  }

  private var workerThreads: [CInt] { workers().flatMap { Self.threads(of: "\($0)") } }

  private static func move(_ threads: [CInt], from old: ProcessorMask, to new: ProcessorMask) {
    for thread in threads where ProcessorMask(of: thread) == old { new.apply(to: thread) }
  }

  /// The threads of a process; none if it is gone.
  private static func threads(of process: String) -> [CInt] {
    guard let listing = opendir("/proc/\(process)/task") else { return [] }
    defer { closedir(listing) }
    var threads: [CInt] = []
    while let entry = readdir(listing) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if let thread = CInt(name) { threads.append(thread) }
    }
    return threads
  }

  /// Whether a thread of this process is one of libzmq's I/O threads, which have names.
  private static func isTransport(_ thread: CInt) -> Bool {
    let file = open("/proc/self/task/\(thread)/comm", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    var name = [UInt8](repeating: 0, count: 16)
    let length = read(file, &name, name.count)
    return length > 0 && String(decoding: name.prefix(length), as: UTF8.self).hasPrefix("ZMQbg/IO")
  }
}

/// Processors that a thread may run on.
struct ProcessorMask: Equatable {
  private var bytes = [UInt8](repeating: 0, count: Int(PROCESSORS_MASK_SIZE))

  /// No processor.
  init() {}

  /// That one; `nil` where there is no such one.
  init?(only processor: CInt) {
    guard processor >= 0, processor / 8 < PROCESSORS_MASK_SIZE else { return nil }
    bytes[Int(processor / 8)] = 1 << (processor % 8)
  }

  /// Those of a thread, 0 for the calling one; `nil` where it is gone.
  init?(of thread: CInt) {
    guard processors_get_mask(thread, &bytes) == 0 else { return nil }
  }

  /// How many they are.
  var count: Int { bytes.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// Has a thread run on these. One that is gone, or that may not be moved, needs nothing.
  func apply(to thread: CInt) { _ = processors_set_mask(thread, bytes) }
}
