import Foundation
import Testing

extension Workspace {
  /// Starts `millrace` with these arguments.
  ///
  /// - Parameter directory: where it is started; the tests' own directory when there is none.
  func start(
    _ arguments: [String], environment: [String: String] = [:], in directory: URL? = nil
  ) throws -> RunningCommand {
    try RunningCommand(
      MillraceBinary.path(), arguments, environment: fullEnvironment(environment), in: directory)
  }

  /// Starts another program, which finds the path of `millrace` in `MILLRACE`.
  func start(program: String, _ arguments: [String]) throws -> RunningCommand {
    try RunningCommand(
      program, arguments, environment: fullEnvironment(["MILLRACE": MillraceBinary.path()]))
  }

  /// Runs `millrace` with these arguments to its end.
  func run(
    _ arguments: String..., environment: [String: String] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> CommandResult {
    try start(arguments, environment: environment).wait(sourceLocation: sourceLocation)
  }

  /// Runs `t.yaml`, which must fail cleanly: with this exit code, with a message that has all these
  /// parts, with no output and with nothing left.
  @discardableResult
  func expectFailure(
    _ status: Int32, _ parts: String..., arguments: [String] = [], output: String? = "out.csv",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> CommandResult {
    let result = try start(["run", path("t.yaml")] + arguments).wait(
      sourceLocation: sourceLocation)
    try expect(
      result, failed: status, parts, output: output, sourceLocation: sourceLocation)
    return result
  }

  /// Checks that a command failed as ``expectFailure(_:_:arguments:output:sourceLocation:)`` says.
  func expect(
    _ result: CommandResult, failed status: Int32, _ parts: [String], output: String? = "out.csv",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    #expect(
      result.status == status, "\(result.standardError)", sourceLocation: sourceLocation)
    for part in parts {
      #expect(result.standardError.contains(part), sourceLocation: sourceLocation)
    }
    #expect(result.standardOutput == "", sourceLocation: sourceLocation)
    if let output {
      #expect(!has(output), "a failed run wrote its output", sourceLocation: sourceLocation)
    }
    try expectNothingLeft(sourceLocation: sourceLocation)
  }

  private func fullEnvironment(_ own: [String: String]) -> [String: String] {
    var environment = ProcessInfo.processInfo.environment
    environment["TMPDIR"] = temporary.path
    environment["MILLRACE_RUNS"] = runs.path
    // A command that passes over MILLRACE_RUNS stays in the workspace, too.
    environment["HOME"] = path("home")
    environment["XDG_STATE_HOME"] = nil
    return environment.merging(own) { _, own in own }
  }
}
