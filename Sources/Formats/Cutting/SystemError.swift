#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The words of the operating system for an error number.
enum SystemError {
  /// The message for `number`, such as "No such file or directory".
  static func message(_ number: Int32) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
      guard let text = buffer.baseAddress, strerror_r(number, text, buffer.count) == 0 else {
        return "error \(number)"
      }
      return String(cString: text)
    }
  }
}
