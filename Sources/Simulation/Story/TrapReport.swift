#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Says which world was lived through when a machine traps: a trap ends the process before anything
/// else can tell.
enum TrapReport {
  /// What the thread lives through: the text to write, made beforehand, for a signal handler may not
  /// make it.
  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    let result = pthread_key_create(&key, nil)
    precondition(result == 0, "no key for a thread's own memory is left")
    for number in [SIGILL, SIGTRAP] {
      signal(number) { number in
        TrapReport.write()
        signal(number, SIG_DFL)
        raise(number)
      }
    }
    return key
  }()

  private static let longest = 128

  /// Notes what this thread lives through from now on, up to ``leave()``.
  static func enter(seed: UInt64, mix: FaultMix) {
    let text = "a machine trapped in the world of seed \(seed), faults `\(mix.rawValue)`\n"
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: longest)
    var length = 0
    for byte in text.utf8.prefix(longest - 1) {
      memory[length] = byte
      length += 1
    }
    memory[length] = 0
    pthread_setspecific(key, memory)
  }

  /// Forgets it.
  static func leave() {
    pthread_getspecific(key)?.deallocate()
    pthread_setspecific(key, nil)
  }

  /// Writes with nothing but what a signal handler may use.
  private static func write() {
    guard let memory = pthread_getspecific(key) else { return }
    var length = 0
    while length < longest, memory.load(fromByteOffset: length, as: UInt8.self) != 0 { length += 1 }
    #if canImport(Glibc)
    _ = Glibc.write(STDERR_FILENO, memory, length)
    #else
    _ = Darwin.write(STDERR_FILENO, memory, length)
    #endif
  }
}
