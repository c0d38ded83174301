#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What this process is called on its host.
package enum HostName {
  /// The host's name.
  package static let current: String = {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
      guard gethostname(buffer.baseAddress!, buffer.count - 1) == 0 else { return "unknown" }
      buffer[buffer.count - 1] = 0
      return String(
        decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }()

  /// This process.
  package static var processID: Int32 { getpid() }

  /// The process that started this one, or the one that adopted it.
  static var parentID: Int32 { getppid() }
}
