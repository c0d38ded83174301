#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The most memory that processes have had in use, in bytes (`getrusage`, `ru_maxrss`).
enum PeakMemory {
  /// This process's.
  static var ofThisProcess: Int { peak(of: RUSAGE_SELF) }

  /// That of the largest among the children that have ended.
  static var ofLargestChild: Int { peak(of: RUSAGE_CHILDREN) }

  #if canImport(Glibc)
  private static func peak(of who: __rusage_who) -> Int {
    var usage = rusage()
    guard getrusage(__rusage_who_t(who.rawValue), &usage) == 0 else { return 0 }
    return Int(usage.ru_maxrss) * 1024
  }
  #else
  private static func peak(of who: CInt) -> Int {
    var usage = rusage()
    guard getrusage(who, &usage) == 0 else { return 0 }
    return Int(usage.ru_maxrss)
  }
  #endif
}
