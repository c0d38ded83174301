#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension Duration {
  /// Milliseconds as libzmq takes them: rounded up, so that a short wait is not none; from 0 to
  /// the largest `CInt`.
  var milliseconds: CInt {
    CInt(clamping: roundedUp(toMultiplesOf: 1_000_000_000_000_000))
  }

  /// Seconds, rounded up, from 0 to the largest `CInt`.
  var wholeSeconds: CInt {
    CInt(clamping: roundedUp(toMultiplesOf: 1_000_000_000_000_000_000))
  }

  private func roundedUp(toMultiplesOf unit: Int128) -> Int128 {
    max(0, (attoseconds + (unit - 1)) / unit)
  }
}
