import Logging
import Operators
import PipelineCore
import ZeroMQ

/// What a worker process keeps from one run to the next: its way to the supervisor, its beats and the
/// thread that computes.
final class WorkerGear {
  let connections: Connections
  let feed: RosterFeed
  let source: BeatSource
  let compute: ComputeThread
  let finished: Inbox<ComputeThread.Finished>
  /// Others want the worker to end.
  let stop: StopSignal
  let log: Logger
  /// Told when what a void incarnation began does not end; `nil` where nobody cares.
  let onStuck: (() -> Void)?
  /// The meter of the latest incarnation.
  private(set) var meter: WorkerMeter
  private let node: NodeID
  private let mark: PartitionMark?
  private var publisher: BeatPublisher?
  private var lastToken: UInt64 = 0

  /// Starts the compute thread. Beats begin with ``startBeating()``.
  ///
  /// - Throws: ``ZeroMQError``, ``RuntimeError`` when a socket or a thread cannot be had.
  init(
    _ connections: Connections, node: NodeID, name: String, beatInterval: Span,
    registry: OperatorRegistry, mark: PartitionMark?, stop: StopSignal,
    onStuck: (() -> Void)?, log: Logger
  ) throws {
    let finished = try Inbox<ComputeThread.Finished>()
    self.connections = connections
    self.node = node
    self.mark = mark
    self.stop = stop
    self.onStuck = onStuck
    self.log = log
    self.finished = finished
    feed = try RosterFeed(connections, log: log)
    meter = WorkerMeter(NodeIncarnation(freshOf: node), mark: mark)
    source = BeatSource(
      Beat(
        sender: meter.identity, roles: .worker, name: name, host: HostName.current,
        processID: HostName.processID, sequence: 0, interval: beatInterval, joined: false,
        endpoints: Beat.Endpoints(), progress: Beat.Progress(), phase: .working), meter: meter)
    compute = try ComputeThread(
      registry: registry, isOnOneHost: connections.transport.isLocal
    ) { finished.post($0) }
  }

  /// Begins another incarnation. What the compute thread is in the middle of is the one's before: it
  /// counts there, and no further partition of it is begun.
  func begin(_ identity: NodeIncarnation, run: RunID, endpoints: Beat.Endpoints) {
    meter.abandon()
    meter = WorkerMeter(identity, before: meter, mark: mark)
    source.restart(as: identity, run: run, endpoints: endpoints, meter: meter)
  }

  /// Lets the present incarnation's operators go; one that is at work is waited for by nobody.
  func end() {
    meter.abandon()
    compute.post(.forget)
  }

  /// Sends beats from now on, if it does not yet.
  ///
  /// - Throws: ``RuntimeError``.
  func startBeating() throws(RuntimeError) {
    if publisher == nil { publisher = try BeatPublisher(connections, sources: [source]) }
  }

  /// Has a beat sent at once.
  func beatNow() { publisher?.beatNow() }

  /// Why beating stopped, if it did.
  var beatFailure: Failure? { publisher?.stopReason }

  /// A number that no pack of this process had.
  func nextToken() -> UInt64 {
    lastToken += 1
    return lastToken
  }

  /// Ends the threads; a last beat says it where the worker takes its leave.
  func close(takingLeave: Bool) {
    publisher?.stop(afterLastBeat: takingLeave)
    publisher = nil
    meter.abandon()
    compute.stop()
  }
}

extension NodeIncarnation {
  /// A start of a node that no other start is the same as.
  init(freshOf node: NodeID) {
    self.init(node: node, incarnation: Incarnation(rawValue: .random(in: 1 ... .max)))
  }
}
