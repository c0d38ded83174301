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
  /// Ctrl-C.
  case interrupted = 130
  /// Told to end by SIGTERM.
  case terminated = 143

  /// A table for the command's help.
  static let help = """
    EXIT CODES
      0    the output is there
      1    the run failed
      2    the topology or its source was rejected before anything started
      64   the command line makes no sense
      130  interrupted by Ctrl-C
      143  told to end by SIGTERM
    """
}
