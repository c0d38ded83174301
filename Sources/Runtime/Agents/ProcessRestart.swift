#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Starts this process's program again in its place.
package enum ProcessRestart {
  /// Goes on as a new execution of the same program with the same arguments and environment, under the
  /// same process id. Threads and sockets end. Returns when the system refuses.
  package static func execute() {
    #if os(Linux)
    let program = "/proc/self/exe"
    #else
    let program = CommandLine.arguments[0]
    #endif
    var arguments: [UnsafeMutablePointer<CChar>?] = CommandLine.arguments.map { strdup($0) }
    arguments.append(nil)
    // What this thread blocks would stay blocked.
    var none = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, nil)
    execv(program, arguments)
    for argument in arguments { free(argument) }
  }
}
