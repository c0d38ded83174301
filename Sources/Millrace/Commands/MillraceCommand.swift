import ArgumentParser
import Operators
import Query
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The `millrace` command.
struct MillraceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "millrace",
    abstract: "Data analytics over pools of worker processes joined by ZeroMQ.",
    discussion: """
      A topology, one YAML file, says where data comes from, how it is cut into \
      partitions, what each stage does and where the result goes:

        millrace run Topologies/quickstart.yaml

      Across hosts the same roles are processes of their own, joined by one address: `millrace \
      supervisor`, `ventilator`, `sink` and `worker`, to which `millrace submit` gives runs.

      \(ExitStatus.help)
      """,
    version: MillraceVersion.text,
    subcommands: [
      RunCommand.self, ResumeCommand.self, RunsCommand.self, ShowCommand.self, ReplayCommand.self,
      ValidateCommand.self, PlanCommand.self, SimulateCommand.self, VersionCommand.self,
    ],
    groupedSubcommands: [
      CommandGroup(
        name: "Clusters",
        subcommands: [
          SubmitCommand.self, StatusCommand.self, LogsCommand.self, CancelCommand.self,
          KeysCommand.self, SupervisorCommand.self, VentilatorCommand.self, SinkCommand.self,
          WorkerCommand.self,
          CoordinatorCommand.self,
        ])
    ])

  /// The operators of this binary; set once, before any command runs.
  static let registry = Mutex(OperatorRegistry())

  /// Runs the command line and exits with its code.
  static func runAndExit(_ operators: OperatorRegistry) async -> Never {
    registry.withLock { registry in
      registry = operators
      SQLOperator.register(in: &registry)
    }
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      Self.exit()
    } catch let rejection as Rejection {
      StandardError.write(rejection.description)
      Glibc.exit(ExitStatus.rejected.rawValue)
    } catch {
      Self.exit(withError: error)
    }
  }
}
