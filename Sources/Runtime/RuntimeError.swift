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
      case EMFILE, ENFILE: "; raise the limit of open files (ulimit -n)"
      case ENOENT: "; check that it exists"
      default: ""
      }
    return RuntimeError("\(place)\(call): \(reason)\(remedy)")
  }
}
