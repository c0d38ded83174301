import ArgumentParser
import Foundation
import PipelineCore
import Wire

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// `millrace submit`.
struct SubmitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit",
    abstract: "Queue a run of a topology in a cluster.",
    discussion: """
      The topology, the files that it uses and the environment variables that it names are read here; its \
      source is read by the ventilator and its output written by the sink, on their hosts. Prints the \
      run's id. With --wait it goes on until the run is over, tells of it as `millrace run` does, and has \
      the run's exit code; a table is printed here.

        $ millrace submit Topologies/quickstart.yaml --to host:5700 --wait

      \(ExitStatus.help)
      """)

  @Argument(help: "The topology: a YAML file.", completion: .file(extensions: ["yaml", "yml"]))
  var topology: String

  @OptionGroup var supervisor: SupervisorOptions

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Override a value, for example --set source.partition=4MiB.", valueName: "path=value"))
  var overrides: [String] = []

  @Option(
    help: ArgumentHelp(
      "Where relative paths within the topology begin, as the cluster's hosts know it; else the "
        + "topology's folder, by the same path as here.", valueName: "directory"))
  var base: String?

  @Flag(help: "Wait for the end of the run.")
  var wait = false

  @OptionGroup var reporting: ReportingOptions

  /// How long a supervisor that is being started is waited for.
  private static let patience = Span.seconds(30)

  func run() throws {
    let submission = try SubmissionRecorder(
      path: topology, base: base, environment: ProcessInfo.processInfo.environment
    ).submission(overrides: overrides)
    try ClusterCommand.reported {
      let client = try supervisor.client()
      let id = try submit(submission, client)
      tell(id)
      guard wait else { return }
      let signals = SignalWatch()
      signals.onSignal { signal in
        StandardError.write(
          "\(id) goes on; millrace cancel \(id) ends it, millrace logs \(id) --follow tells of it")
        _exit(128 + signal)
      }
      let status = try RunFollower(client: client, run: id, mode: reporting.mode).follow()
      withExtendedLifetime(signals) {}
      if status != .success { throw ExitCode(status.rawValue) }
    }
  }

  private func submit(_ submission: Submission, _ client: CommandClient) throws -> String {
    let token = UInt64.random(in: 1 ... .max)
    switch try client.ask(.submit(submission, token: token), within: Self.patience) {
    case .accepted(let run): return run
    case .refused(let message): throw ClusterCommand.Refusal(message: message)
    default: throw ClusterCommand.unexpected
    }
  }

  private func tell(_ id: String) {
    switch reporting.mode {
    case .json:
      var object = JSONObject(event: "submitted")
      object.set("run", id)
      StandardOutput.write(object.line)
    case .people, .quiet:
      // Standard output is for the table.
      if wait {
        if reporting.mode == .people { StandardError.write("\(id) is queued") }
      } else {
        StandardOutput.write(id)
      }
    }
  }
}
