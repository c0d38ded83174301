import Foundation

/// Says on which query this process died, when a query traps it.
enum CrashReport {
  private static let capacity = 1 << 20
  nonisolated(unsafe) private static let buffer = UnsafeMutablePointer<UInt8>.allocate(
    capacity: capacity)
  nonisolated(unsafe) private static var count = 0

  /// Remembers what is tried next.
  static func announce(_ trial: Trial) {
    let text = "a query ended the process:\n\(trial.reproduction)\n"
    count = 0
    for byte in text.utf8.prefix(capacity) {
      buffer[count] = byte
      count += 1
    }
  }

  /// Has the signals of traps tell.
  static func install() {
    _ = count
    for number in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT] {
      signal(number) { number in
        _ = write(STDERR_FILENO, CrashReport.buffer, CrashReport.count)
        signal(number, SIG_DFL)
        raise(number)
      }
    }
  }
}
