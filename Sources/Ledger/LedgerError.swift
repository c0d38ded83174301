#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Why a run's ledger or directory cannot be used.
package struct LedgerError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What kind of trouble it is, for callers that act on it.
  package enum Code: Sendable, Equatable {
    /// No run of this name.
    case noSuchRun
    /// The beginning of a name that several runs share.
    case ambiguous
    /// Another process carries the run out at this moment.
    case inUse
    /// The run is in a state that does not allow this.
    case wrongState
    /// The process that made the run died, or is still busy, before its first record was there.
    case incomplete
    /// The files are not what a run consists of.
    case damaged
    /// The ledger was written by a newer version of Millrace.
    case newerVersion
    /// The operating system refused something.
    case operating
  }

  package var code: Code
  /// What happened, where, and what to do.
  package var message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  package var description: String { message }

  /// A system call failed.
  static func system(_ call: String, _ number: CInt, path: String) -> LedgerError {
    let remedy =
      switch number {
      case ENOSPC, EDQUOT: "; free space or set MILLRACE_RUNS to a directory elsewhere"
      case EACCES, EPERM: "; check the permissions or set MILLRACE_RUNS to a directory of your own"
      case EROFS: "; this file system is read-only: set MILLRACE_RUNS to a directory elsewhere"
      case ENOENT: "; no directory can be made there: set MILLRACE_RUNS to a directory elsewhere"
      case ENOTDIR: "; a part of the path is not a directory: check MILLRACE_RUNS"
      case EMFILE, ENFILE: "; raise the limit of open files (ulimit -n)"
      case EIO: "; the disk or the file system is at fault: look at the system's log"
      case ENAMETOOLONG: "; the path is too long: set MILLRACE_RUNS to a shorter one"
      default: ""
      }
    return LedgerError(
      .operating, "\(path): \(call): \(String(cString: strerror(number)))\(remedy)")
  }
}
