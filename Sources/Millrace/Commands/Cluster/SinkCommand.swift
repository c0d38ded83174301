import ArgumentParser
import Logging
import PipelineCore
import Runtime
import Synchronization

/// `millrace sink`.
struct SinkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sink",
    abstract: "Be the sink of a cluster.",
    discussion: """
      Stores the workers' results, merges them and writes the output; files that a topology's `sink` \
      names are written on this host. SIGTERM ends it; started again it goes on where it was.

        $ millrace sink --to supervisor.example:5700 --key-file sink.key
      """)

  @OptionGroup var supervisor: SupervisorOptions
  @OptionGroup var options: NodeOptions

  @Option(
    help: ArgumentHelp(
      "Where results wait for their merge; else ~/.local/state/millrace/sink.",
      valueName: "directory"))
  var state: String?

  func run() throws {
    let signals = SignalWatch()
    try RoleProcess.run("sink", insecure: supervisor.insecure) { log in
      let client = try supervisor.client()
      let results = try ResultDirectory(state: try RoleProcess.state(state, role: "sink"))
      let agent = try RoleAgent.sink(
        try options.configuration(supervisor, node: .sink, name: "sink"),
        directory: ClusterRunDirectory(
          client, registry: MillraceCommand.registry.withLock { $0 }, results: results, log: log),
        log: log)
      let janitor = try ResultJanitor(results, client, log: log)
      signals.onSignal { _ in
        client.stop()
        agent.stop()
      }
      try agent.run()
      janitor.stop()
      log.info("ends: it was told to")
    }
  }
}
