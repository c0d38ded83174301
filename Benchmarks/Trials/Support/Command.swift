import Foundation

/// A process that a trial has started, with its output in files.
///
/// Started with `posix_spawn` and asked with `waitpid`, so that its end is known at once and its
/// exit status is the kernel's.
final class Command {
  /// How a process ended.
  enum End: Equatable, CustomStringConvertible {
    case exited(Int32)
    case killed(Int32)

    var description: String {
      switch self {
      case .exited(let code): "exit code \(code)"
      case .killed(let signal): "signal \(signal)"
      }
    }
  }

  let processID: pid_t
  /// The file with its standard output.
  let outputPath: String
  /// The file with its standard error.
  let errorPath: String
  /// ``Monotonic/seconds`` when it was started.
  let started: Double
  /// Seconds from its start to the moment its end was seen.
  private(set) var seconds = 0.0
  private(set) var end: End?

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - environment: what is added to, or replaced in, this process's environment.
  ///   - log: the beginning of the paths of the files that standard output and error go to.
  /// - Throws: ``TrialFailure`` when it cannot be started.
  init(
    _ executable: String, _ arguments: [String], environment: [String: String], log: String
  ) throws {
    outputPath = log + ".out"
    errorPath = log + ".err"
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let flags = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, outputPath, flags, 0o600)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errorPath, flags, 0o600)
    let variables = ProcessInfo.processInfo.environment.merging(environment) { _, own in own }
    started = Monotonic.seconds
    var child: pid_t = 0
    let status = Self.withStrings([executable] + arguments) { arguments in
      Self.withStrings(variables.map { "\($0.key)=\($0.value)" }) { environment in
        posix_spawn(&child, executable, &actions, nil, arguments, environment)
      }
    }
    guard status == 0 else {
      throw TrialFailure("\(executable) cannot be started: \(String(cString: strerror(status)))")
    }
    processID = child
  }

  /// How it ended, or `nil` while it has not.
  func poll() -> End? {
    guard end == nil else { return end }
    var status: Int32 = 0
    guard waitpid(processID, &status, WNOHANG) == processID else { return nil }
    seconds = Monotonic.seconds - started
    // WIFEXITED, WEXITSTATUS and WTERMSIG of <sys/wait.h>, which are macros.
    end = status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .killed(status & 0x7F)
    return end
  }

  /// Waits for its end.
  ///
  /// - Throws: ``TrialFailure`` when it goes on for longer than `limit` seconds.
  @discardableResult
  func wait(limit: Double) throws -> End {
    while true {
      if let end = poll() { return end }
      guard Monotonic.seconds - started < limit else {
        throw TrialFailure("process \(processID) still runs after \(Int(limit)) s: \(errorPath)")
      }
      Monotonic.pause(seconds: 0.002)
    }
  }

  /// Sends it a signal, unless it was seen to have ended.
  func send(_ signal: Int32) {
    guard end == nil else { return }
    kill(processID, signal)
  }

  /// Calls `body` with a null-terminated list of C strings.
  private static func withStrings<Result>(
    _ texts: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
  ) -> Result {
    var pointers: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    pointers.append(nil)
    return pointers.withUnsafeMutableBufferPointer { body($0.baseAddress!) }
  }
}
