#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Why the runtime cannot do what it should: the operating system refused something.
package struct RuntimeError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What happened, where, and what to do.
  package var message: String

  package init(_ message: String) { self.message = message }

  package var description: String { message }

  /// A system call failed.
  package static func system(_ call: String, _ number: CInt, path: String? = nil) -> RuntimeError {
    let place = path.map { "\($0): " } ?? ""
    let reason = String(cString: strerror(number))
    let remedy =
      switch number {
      case ENOSPC, EDQUOT: "; free space or choose another place"
      case EACCES, EPERM: "; check the permissions"
      case EROFS: "; this file system is read-only: choose another place"
      case ENOTDIR: "; a part of the path is not a directory: check the path"
      case EFBIG: "; raise the limit on the size of files (ulimit -f) or choose another file system"
      case EIO: "; the disk or the file system is at fault: look at the system's log"
      case ENOMEM: "; free memory or choose smaller partitions"
      case EMFILE, ENFILE: "; raise the limit of open files (ulimit -n)"
      case ENOENT: "; check that it exists"
      default: ""
      }
    return RuntimeError("\(place)\(call): \(reason)\(remedy)")
  }
}
