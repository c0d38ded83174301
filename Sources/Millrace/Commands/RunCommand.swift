import Synchronization
import ArgumentParser
import Foundation

/// `millrace run`.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a topology with local worker processes.",
    discussion: """
      Results go where the topology's sink says; progress and the summary go to standard error.

        $ millrace run Topologies/quickstart.yaml --workers 2

      \(ExitStatus.help)
      """)

  @OptionGroup var options: TopologyOptions

  @Flag(name: .shortAndLong, help: "Print nothing but results and errors.")
  var quiet = false

  @Flag(
    help: ArgumentHelp(
      "Print one JSON object a line to standard output, each with `event`; the last is `summary`."))
  var json = false

  @Flag(help: "Keep the run's directory with its log and print where it is.")
  var keep = false

  func run() async throws {
    let plan = try options.plan()
    let mode: RunOutput.Mode = json ? .json : quiet ? .quiet : .people
    let status = await LocalRun(
      plan: plan, registry: MillraceCommand.registry.withLock { $0 }, mode: mode,
      keepsDirectory: keep
    ).run()
    throw ExitCode(status.rawValue)
  }
}
