import ArgumentParser
import Logging
import PipelineCore
import Runtime
import Synchronization

/// `millrace ventilator`.
struct VentilatorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ventilator",
    abstract: "Be the ventilator of a cluster.",
    discussion: """
      Plans each run, cuts its source into partitions and sends them to the workers; the source's files \
      are those of this host. SIGTERM ends it; started again it goes on where it was.

        $ millrace ventilator --to supervisor.example:5700 --key-file ventilator.key
      """)

  @OptionGroup var supervisor: SupervisorOptions
  @OptionGroup var options: NodeOptions

  func run() throws {
    let signals = SignalWatch()
    try RoleProcess.run("ventilator", insecure: supervisor.insecure) { log in
      let client = try supervisor.client()
      let agent = try RoleAgent.ventilator(
        try options.configuration(supervisor, node: .ventilator, name: "ventilator"),
        directory: ClusterRunDirectory(
          client, registry: MillraceCommand.registry.withLock { $0 }, log: log), log: log)
      signals.onSignal { _ in
        client.stop()
        agent.stop()
      }
      try agent.run()
      log.info("ends: it was told to")
    }
  }
}
