#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What the process's exit code tells.
enum ExitStatus: Int32 {
  /// The output is there.
  case success = 0
  /// The run failed: data that cannot be processed, a disk that is full, no worker left.
  case runFailed = 1
  /// The topology or its source was rejected before anything started.
  case rejected = 2
  /// The command line makes no sense.
  case usage = 64
  /// The supervisor of a cluster does not answer.
  case unreachable = 69
  /// The terminal was closed.
  case hungUp = 129
  /// Ctrl-C.
  case interrupted = 130
  /// Told to end by SIGTERM.
  case terminated = 143

  /// What a signal that ends a run stands for.
  static func after(signal number: Int32) -> ExitStatus {
    switch number {
    case SIGHUP: .hungUp
    case SIGINT: .interrupted
    default: .terminated
    }
  }

  /// Why the run ended, for people.
  var reason: String {
    switch self {
    case .hungUp: "the terminal was closed"
    case .interrupted: "interrupted by Ctrl-C"
    default: "told to end by SIGTERM"
    }
  }

  /// A table for the command's help.
  static let help = """
    EXIT CODES
      0    the output is there
      1    the run failed, or was cancelled
      2    the topology or its source was rejected before anything started
      64   the command line makes no sense
      69   the supervisor of a cluster does not answer
      129  the terminal was closed
      130  interrupted by Ctrl-C
      143  told to end by SIGTERM
    """
}
