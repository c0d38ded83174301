package import Logging
import PipelineCore

/// The ventilator or the sink of a cluster: it takes part in one run after the other, each time as a fresh
/// incarnation.
package final class RoleAgent: Sendable {
  private let configuration: AgentConfiguration
  private let role: Roles
  private let part: @Sendable (RoleLife, RunID) throws -> Void
  private let signal: StopSignal
  private let log: Logger

  /// An agent that does nothing yet.
  ///
  /// - Parameter part: takes part in a run until that is over.
  /// - Throws: ``RuntimeError`` when no descriptor is left.
  private init(
    _ configuration: AgentConfiguration, _ role: Roles, log: Logger,
    part: @escaping @Sendable (RoleLife, RunID) throws -> Void
  ) throws(RuntimeError) {
    self.configuration = configuration
    self.role = role
    self.log = log
    self.part = part
    signal = try StopSignal()
  }

  /// Takes part in runs on the calling thread until ``stop()``.
  ///
  /// - Throws: ``ZeroMQError``, ``RuntimeError`` when a socket or a thread cannot be had.
  package func run() throws {
    try RoleLife.lead(configuration, role, stop: signal, log: log, part)
  }

  /// Ends ``run()``, from any thread: at once, and saying so.
  package func stop() { signal.raise() }
}

extension RoleAgent {
  /// A ventilator that does nothing yet.
  ///
  /// - Throws: ``RuntimeError`` when no descriptor is left.
  package static func ventilator(
    _ configuration: AgentConfiguration, directory: any RunDirectory, log: Logger
  ) throws(RuntimeError) -> RoleAgent {
    try RoleAgent(configuration, .ventilator, log: log) { life, run in
      let work = try life.ask(what: "what the ventilator is to do", of: run) {
        try directory.planned(run)
      }
      guard let work else { return }
      var loop = try VentilatorLoop(
        VentilatorEngine.Setup(
          run: run, identity: life.identity, specification: work.specification,
          configuration: work.configuration, openSource: work.openSource,
          byReference: work.byReference, compresses: work.compresses, storage: work.storage),
        feed: life.feed, link: life.link, measured: MeasuredSpan())
      try loop.work()
    }
  }

  /// A sink that does nothing yet.
  ///
  /// - Throws: ``RuntimeError`` when no descriptor is left.
  package static func sink(
    _ configuration: AgentConfiguration, directory: any RunDirectory, log: Logger
  ) throws(RuntimeError) -> RoleAgent {
    try RoleAgent(configuration, .sink, log: log) { life, run in
      let work = try life.ask(what: "what the sink is to do", of: run) {
        try directory.sinkWork(run)
      }
      guard let work else { return }
      var loop = try SinkLoop(
        SinkEngine.Setup(
          run: run, identity: life.identity, stage: work.stage,
          maximumPartitions: work.maximumPartitions, makeSinkPart: work.makeSinkPart,
          target: work.target, storage: work.storage,
          handOver: { captured in try directory.finished(run, captured: captured) }),
        feed: life.feed, link: life.link)
      try loop.work()
    }
  }
}
