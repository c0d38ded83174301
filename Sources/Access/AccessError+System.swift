#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension AccessError {
  /// An error of a system call; to be made right after it.
  static func system(_ call: String, _ path: String) -> AccessError {
    let number = errno
    let words = String(cString: strerror(number))
    switch number {
    case ENOENT: return AccessError(.notFound, path, "there is no such file or directory")
    case EACCES, EPERM:
      return AccessError(
        .system, path, "\(call): \(words)",
        remedy: "run as the user to whom it belongs, or give it to user \(geteuid())")
    case ENOSPC, EDQUOT:
      return AccessError(.system, path, "\(call): \(words)", remedy: "free disk space")
    default: return AccessError(.system, path, "\(call): \(words)")
    }
  }
}
