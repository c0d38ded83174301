package import Logging
import PipelineCore

/// The life of a sink in a cluster: it takes part in one run after the other, each time as a fresh
/// incarnation.
package final class SinkAgent: Sendable {
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
    try RoleLife.lead(configuration, .sink, stop: signal, log: log) { life, run in
      let work = try life.ask(what: "what the sink is to do", of: run) {
        try directory.sinkWork(run)
      }
      guard let work else { return }
      var loop = try SinkLoop(
        SinkEngine.Setup(
          run: run, identity: life.identity, stage: work.stage, makeSinkPart: work.makeSinkPart,
          target: work.target, storage: work.storage,
          handOver: { captured in try directory.finished(run, captured: captured) }),
        feed: life.feed, link: life.link)
      try loop.work()
    }
  }

  /// Ends ``run()``, from any thread: at once, and saying so.
  package func stop() { signal.raise() }
}
