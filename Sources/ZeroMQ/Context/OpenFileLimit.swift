#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How many files and connections this process may have open at a time.
///
/// libzmq accepts connections without limit. With 2 seconds for each to say who it is, a limit of
/// 65 536 stands against 30 000 silent connections a second, whereas the usual 1 024 are gone
/// at once, and with them the files that the process needs.
package enum OpenFileLimit {
  /// What ``raise(to:)`` asks for.
  package static let wanted = 65_536

  /// Raises the process's own limit as far as the system allows without privileges; never lowers
  /// it. Child processes inherit it.
  ///
  /// - Returns: the limit now.
  /// - Throws: ``ZeroMQError`` if the system does not let it be read or set.
  @discardableResult
  package static func raise(to wanted: Int = wanted) throws(ZeroMQError) -> Int {
    #if canImport(Glibc)
    let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
    let resource = RLIMIT_NOFILE
    #endif
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0 else {
      throw ZeroMQError(number: errno, call: "getrlimit")
    }
    let possible = min(rlim_t(max(wanted, 0)), limit.rlim_max)
    if limit.rlim_cur < possible {
      limit.rlim_cur = possible
      guard setrlimit(resource, &limit) == 0 else {
        throw ZeroMQError(number: errno, call: "setrlimit")
      }
    }
    return Int(clamping: limit.rlim_cur)
  }
}
