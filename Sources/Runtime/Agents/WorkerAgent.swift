package import Logging
package import Operators
package import PipelineCore
import ZeroMQ

/// The life of a worker in a cluster: it takes part in one run after the other, each time as a fresh
/// incarnation, and waits in between.
package final class WorkerAgent: Sendable {
  private let configuration: AgentConfiguration
  private let registry: OperatorRegistry
  private let onStuck: @Sendable () -> Void
  private let signal: StopSignal
  private let log: Logger

  /// The longest that a worker which was told to end waits for its results to be on their way.
  private static let leavingTime = Duration.seconds(6)

  /// An agent that does nothing yet.
  ///
  /// - Parameter onStuck: called on the agent's thread when an operator goes on for 2 s after its
  ///   partition was given to others or its run has ended; nothing else is computed meanwhile.
  /// - Throws: ``RuntimeError`` when no descriptor is left.
  package init(
    _ configuration: AgentConfiguration, registry: OperatorRegistry,
    onStuck: @escaping @Sendable () -> Void = { ProcessRestart.execute() }, log: Logger
  ) throws(RuntimeError) {
    self.configuration = configuration
    self.registry = registry
    self.onStuck = onStuck
    self.log = log
    signal = try StopSignal()
  }

  /// Takes part in runs on the calling thread until ``stop()``. An operator may be at work when it
  /// returns: leave the process by `_exit`, since what `exit` tears down may be in that operator's use.
  ///
  /// - Returns: why it left.
  /// - Throws: ``ZeroMQError``, ``RuntimeError`` when a socket or a thread cannot be had.
  package func run() throws -> Worker.LeaveReason {
    let context = try Context(ioThreads: configuration.ioThreads)
    let reason: Worker.LeaveReason
    do {
      let (onStuck, log) = (onStuck, log)
      let gear = try WorkerGear(
        Connections(context, configuration.transport, supervisor: configuration.supervisor),
        node: configuration.node, name: configuration.name,
        beatInterval: configuration.beatInterval, registry: registry, mark: nil, stop: signal,
        onStuck: {
          log.error("an operator does not end although nobody wants its result: starting again")
          onStuck()
        }, log: log)
      defer { gear.close(takingLeave: true) }
      reason = try takePart(gear)
    }
    do {
      try context.terminate(within: Self.leavingTime)
    } catch {
      log.warning(
        "results may not have reached the sink; others compute them again",
        metadata: ["error": "\(error)"])
    }
    return reason
  }

  private func takePart(_ gear: WorkerGear) throws -> Worker.LeaveReason {
    var run: RunID?
    while true {
      var engine: WorkerEngine
      do {
        engine = try WorkerEngine(
          WorkerEngine.Terms(
            run: run, staysAfterRun: true, patience: .seconds(0), parent: 0), gear: gear)
      } catch {
        // No address to bind yet: the supervisor's name may stand for nothing, a port may be in use.
        log.error("cannot take part for now", metadata: ["error": "\(error)"])
        guard try pause() else { return .drained }
        continue
      }
      if let run, run != .none { log.notice("takes part in run \(run.text)") }
      guard case .otherRun(let next) = try engine.work() else { return .drained }
      run = next
    }
  }

  /// Waits for a beat's interval; whether to go on then.
  private func pause() throws -> Bool {
    var poller = Poller()
    let told = try poller.add(fileDescriptor: signal.descriptor, for: .readable)
    defer { poller.remove(told) }
    _ = try poller.poll(timeout: .nanoseconds(configuration.beatInterval.nanoseconds))
    return !signal.isRaised
  }

  /// Has the worker finish what is under way, hand back the rest and end, from any thread.
  package func stop() { signal.raise() }
}
