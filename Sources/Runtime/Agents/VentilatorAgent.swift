package import Logging
import PipelineCore

/// The life of a ventilator in a cluster: it takes part in one run after the other, each time as a fresh
/// incarnation.
package final class VentilatorAgent: Sendable {
  private let configuration: AgentConfiguration
  private let directory: any RunDirectory
  private let signal: StopSignal
  private let log: Logger

  /// An agent that does nothing yet.
  ///
  /// - Throws: ``RuntimeError`` when no descriptor is left.
  package init(
    _ configuration: AgentConfiguration, directory: any RunDirectory, log: Logger
  ) throws(RuntimeError) {
    self.configuration = configuration
    self.directory = directory
    self.log = log
    signal = try StopSignal()
  }

  /// Takes part in runs on the calling thread until ``stop()``.
  ///
  /// - Throws: ``ZeroMQError``, ``RuntimeError`` when a socket or a thread cannot be had.
  package func run() throws {
    let directory = directory
    try RoleLife.lead(configuration, .ventilator, stop: signal, log: log) { life, run in
      let work = try life.ask(what: "what the ventilator is to do", of: run) {
        try directory.planned(run)
      }
      guard let work else { return }
      var loop = try VentilatorLoop(
        VentilatorEngine.Setup(
          run: run, identity: life.identity, specification: work.specification,
          configuration: work.configuration, openSource: work.openSource,
          byReference: work.byReference, storage: work.storage),
        feed: life.feed, link: life.link, measured: MeasuredSpan())
      try loop.work()
    }
  }

  /// Ends ``run()``, from any thread: at once, and saying so.
  package func stop() { signal.raise() }
}
