#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension StoreError {
  /// The operating system refused something.
  ///
  /// - Parameters:
  ///   - what: what was to be done, as in "cannot append".
  ///   - number: the value of `errno`.
  static func system(_ what: String, _ number: CInt, path: String) -> StoreError {
    let (code, remedy): (Code, String) =
      switch number {
      case ENOSPC: (.full, "free space on its file system")
      case EDQUOT: (.full, "free space or have the quota raised")
      case EFBIG: (.full, "raise the limit on the size of files (ulimit -f)")
      case EIO: (.disk, "look at the system's log, have the disk seen to")
      case EACCES, EPERM: (.place, "give the user who runs millrace the right to it")
      case EROFS: (.place, "make the file system writable or keep runs elsewhere (MILLRACE_RUNS)")
      case ENOTDIR, ELOOP: (.place, "name a directory that is one, and no link")
      case ENOENT: (.missing, "put it back if it was removed")
      case EMFILE, ENFILE: (.disk, "raise the limit of open files (ulimit -n)")
      case ENOMEM: (.disk, "free memory")
      default: (.disk, "look at the system's log")
      }
    return StoreError(
      code, path: path, "\(what): \(String(cString: strerror(number)))", remedy: remedy)
  }
}
