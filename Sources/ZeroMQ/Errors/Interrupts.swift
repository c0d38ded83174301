import CZeroMQ

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Calls again for as long as a signal interrupts the call.
///
/// A signal handler that returns is no reason to fail: any libzmq call that handles commands can
/// report `EINTR` without having done anything. `zmq_errno` is `errno`, so that this serves calls of
/// the operating system as well.
@inline(__always)
func retryingInterrupts(_ call: () -> CInt) -> CInt {
  while true {
    let result = call()
    if result != -1 || zmq_errno() != EINTR { return result }
  }
}
