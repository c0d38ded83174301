import ArgumentParser
import Dispatch
import Foundation
import Logging
import PipelineCore
import Runtime
import Synchronization
import ZeroMQ

/// `millrace supervisor`.
struct SupervisorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "supervisor",
    abstract: "Be the supervisor of a cluster.",
    discussion: """
      Takes runs from `millrace submit`, one after the other, and watches the ventilator, the sink and \
      the workers that join. Who starts it again goes on with what was going on. It uses the port given \
      and the three after it. SIGTERM ends it.

        $ millrace keys init keys
        $ millrace supervisor --listen '*:5700' --keys keys

      The runs' ledgers are in DIR/runs: `MILLRACE_RUNS=DIR/runs millrace show last`.
      """)

  @OptionGroup var listening: ListenOptions

  @Option(
    help: ArgumentHelp(
      "Where runs are kept; else ~/.local/state/millrace/supervisor.", valueName: "directory"))
  var state: String?

  func run() throws {
    let signals = SignalWatch()
    try RoleProcess.run("supervisor", insecure: listening.insecure) { log in
      let supervisor = try ClusterSupervisor(
        directory: try RoleProcess.state(state, role: "supervisor"), log: log)
      let context = try Context()
      let address = try listening.address()
      let ending = DispatchSemaphore(value: 0)
      let failure = Mutex<(any Error)?>(nil)
      try supervisor.start(try listening.connections(context), address) { error in
        failure.withLock { $0 = error }
        ending.signal()
      }
      log.info("listens", metadata: ["address": "\(address.beats)"])
      signals.onSignal { _ in ending.signal() }
      ending.wait()
      if signals.received != nil { log.info("ends: it was told to") }
      supervisor.stop()
      try context.terminate()
      if let error = failure.withLock({ $0 }) { throw error }
    }
  }
}
