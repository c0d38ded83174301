import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Says which seed was lived through when a machine traps: a trap ends the process, and the testing
/// library with it, before anything else can tell.
enum TrapReport {
  private static let seed = Atomic<UInt64>(0)
  private static let install: Void = {
    for number in [SIGILL, SIGTRAP] {
      signal(number) { number in
        TrapReport.write()
        signal(number, SIG_DFL)
        raise(number)
      }
    }
  }()

  /// Notes the seed of the world that is lived through from now on.
  static func note(seed: UInt64) {
    _ = install
    self.seed.store(seed, ordering: .relaxed)
  }

  /// Writes with nothing but what a signal handler may use.
  private static func write() {
    var left = seed.load(ordering: .relaxed)
    var digits: (UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8) =
      (48, 48, 48, 48, 48, 48, 48, 10)
    withUnsafeMutableBytes(of: &digits) { bytes in
      for place in stride(from: 6, through: 0, by: -1) {
        bytes[place] = UInt8(48 + left % 10)
        left /= 10
      }
      let text: StaticString = "a machine trapped in the world of seed "
      text.withUTF8Buffer { put($0.baseAddress, $0.count) }
      put(bytes.baseAddress, bytes.count)
    }
  }

  /// Writes a text to standard output, for the process that waits for this one.
  static func say(_ text: String) {
    var text = text
    text.withUTF8 { put($0.baseAddress, $0.count, to: STDOUT_FILENO) }
  }

  private static func put(
    _ start: UnsafeRawPointer?, _ count: Int, to descriptor: Int32 = STDERR_FILENO
  ) {
    #if canImport(Glibc)
    _ = Glibc.write(descriptor, start, count)
    #else
    _ = Darwin.write(descriptor, start, count)
    #endif
  }
}
