#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What the system's error numbers mean.
enum SystemError {
  /// The system's words for `code`, with a remedy for the usual ones.
  static func text(_ code: Int32) -> String {
    switch code {
    case ENOENT: "there is no such file or directory: check the path"
    case EACCES, EPERM: "permission denied: make it readable for this user"
    case ENOTDIR: "a part of the path is not a directory: check the path"
    case ELOOP: "symbolic links lead in a circle: check the path"
    case ENAMETOOLONG: "the path is too long"
    case EMFILE, ENFILE: "too many files are open: raise the limit (ulimit -n)"
    default: String(cString: strerror(code))
    }
  }
}
