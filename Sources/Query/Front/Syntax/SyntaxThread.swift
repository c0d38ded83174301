#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The one thread on which libpg_query runs.
///
/// One, because libpg_query 15 makes a thread-specific key for each thread that calls it and never
/// deletes it, and a process has about a thousand keys. Its own, because its stack must be known
/// whoever calls.
///
/// `@unchecked Sendable`: all mutable state is read and written under the mutex, and mutex and
/// conditions live on the heap, where their addresses never change.
final class SyntaxThread: @unchecked Sendable {
  /// The thread of this process; it starts with the first job.
  static let shared = SyntaxThread()

  /// Stack in bytes.
  ///
  /// libpg_query writes its tree with a recursion of about 160 bytes a level, and a text of
  /// ``SyntaxParser/maxLength`` makes at most a level for every two bytes: 20 MiB. Only what is used
  /// is ever backed by memory.
  private static let stackSize = 64 << 20

  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let arrived = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let finished = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var jobs: [SyntaxJob] = []
  private var isStarted = false

  private init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(arrived, nil)
    pthread_cond_init(finished, nil)
  }

  /// Runs a job and waits for it; jobs of several callers run one after the other.
  ///
  /// - Throws: ``SQLError`` when the thread cannot be started.
  func run(_ job: SyntaxJob) throws(SQLError) {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    if !isStarted { try start() }
    jobs.append(job)
    pthread_cond_signal(arrived)
    while !job.isDone { pthread_cond_wait(finished, mutex) }
  }

  private func start() throws(SQLError) {
    var attributes = pthread_attr_t()
    guard pthread_attr_init(&attributes) == 0 else { throw Self.noThread(ENOMEM) }
    defer { pthread_attr_destroy(&attributes) }
    let sized = pthread_attr_setstacksize(&attributes, Self.stackSize)
    guard sized == 0 else { throw Self.noThread(sized) }
    #if canImport(Glibc)
    var thread = pthread_t()
    let created = pthread_create(&thread, &attributes, { _ in SyntaxThread.shared.work() }, nil)
    #else
    var thread: pthread_t?
    let created = pthread_create(&thread, &attributes, { _ in SyntaxThread.shared.work() }, nil)
    #endif
    guard created == 0 else { throw Self.noThread(created) }
    isStarted = true
  }

  /// Runs jobs for as long as the process lives.
  private func work() -> Never {
    pthread_mutex_lock(mutex)
    while true {
      while jobs.isEmpty { pthread_cond_wait(arrived, mutex) }
      let job = jobs.removeFirst()
      pthread_mutex_unlock(mutex)
      job.run()
      pthread_mutex_lock(mutex)
      job.isDone = true
      pthread_cond_broadcast(finished)
    }
  }

  private static func noThread(_ code: Int32) -> SQLError {
    SQLError(
      position: nil,
      "cannot start the SQL parser's thread: \(String(cString: strerror(code))); "
        + "raise the limit on memory or threads (ulimit -v, ulimit -u)")
  }
}
