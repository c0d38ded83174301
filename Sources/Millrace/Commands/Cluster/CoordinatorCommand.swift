import ArgumentParser
import Logging
import Operators
import PipelineCore
import Runtime
import Synchronization
import ZeroMQ

/// `millrace coordinator`.
struct CoordinatorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "coordinator",
    abstract: "Be supervisor, ventilator and sink of a cluster in one process.",
    discussion: """
      The short form of `millrace supervisor`, `ventilator` and `sink`; workers join it as they join \
      those. Ventilator and sink are reached at the address that it listens on, or at --advertise.

        $ millrace coordinator --listen 10.0.0.5 --keys keys
      """)

  @OptionGroup var listening: ListenOptions

  @Option(
    help: ArgumentHelp(
      "What workers connect to; needed where --listen is `*`.", valueName: "host"))
  var advertise: String?

  @Option(help: "The first of three ports for partitions and results; else the system chooses.")
  var port: UInt16?

  @Option(
    help: ArgumentHelp(
      "Where runs are kept; else ~/.local/state/millrace/coordinator.", valueName: "directory"))
  var state: String?

  func run() throws {
    let signals = SignalWatch()
    try RoleProcess.run("coordinator", insecure: listening.insecure) { log in
      let state = try RoleProcess.state(state, role: "coordinator")
      let coordinator = try ClusterCoordinator(
        listening, advertise: advertise, port: port, state: state,
        registry: MillraceCommand.registry.withLock { $0 }, log: log)
      signals.onSignal { _ in coordinator.stop() }
      try coordinator.run()
      log.info("ends: it was told to")
    }
  }
}
