import Formats
import Operators
import PipelineCore
import Query
import Runtime
import Topology

/// A topology that was validated against its source: everything a run needs to start.
struct PlannedRun: Sendable {
  /// One operator of the run and how to make it.
  struct Step: Sendable {
    var stageName: String
    var operatorName: String
    var configuration: [UInt8]
    /// The plan of a SQL stage, for `millrace plan`.
    var plan: SelectPlan?
  }

  var topology: Topology
  /// The files and their columns, or `nil` for a range.
  var input: PlannedInput?
  var format: InputFormat
  var schema: InputSchema
  var steps: [Step]
  var target: OutputTarget

  /// Opens the source anew; it is cut the same way each time.
  ///
  /// - Throws: ``SourceError``.
  func openSource() throws -> any PartitionSource {
    switch topology.source {
    case .files(let source):
      guard let input else { preconditionFailure("a source of files was planned") }
      return FileSource(input, format: format, partition: source.partition)
    case .range(let range):
      return try RangeSource(
        from: range.from, to: range.to, partition: range.partition, payload: range.payload)
    }
  }

  /// Whether workers read the files themselves. On one host they see the same files.
  var byReference: Bool {
    if case .files = topology.source { topology.source.deliver != .inline } else { false }
  }

  /// What workers must know of the stage.
  func specification(run: RunID) -> StageSpecification {
    let files = (input?.files ?? []).map { StageSpecification.File($0) }
    return StageSpecification(
      run: run, stage: 0, name: steps[steps.count - 1].stageName,
      steps: steps.map { step in
        StageSpecification.Step(
          operator: step.operatorName, configuration: step.configuration)
      }, files: byReference ? files : [])
  }

  /// What a run of this plan is started with.
  func request(run: RunID, registry: OperatorRegistry, storage: RunStorage) -> RunRequest {
    let last = steps[steps.count - 1]
    return RunRequest(
      specification: specification(run: run), openSource: { try openSource() },
      makeSinkPart: {
        try registry.make(last.operatorName, configuration: last.configuration).makeSinkPart()
      },
      target: target, storage: storage, byReference: byReference,
      ventilator: ventilatorConfiguration, supervisor: supervisorConfiguration,
      workers: topology.workers)
  }

  /// The limits of the ventilator.
  var ventilatorConfiguration: VentilatorConfiguration {
    let balance: VentilatorConfiguration.Balance =
      switch topology.balance {
      case .leastLoaded: .leastLoaded
      case .roundRobin: .roundRobin
      }
    return VentilatorConfiguration(
      creditBytes: topology.credit.bytes,
      creditPartitions: min(max(topology.credit.partitions ?? 65_536, 2), 65_536),
      attempts: topology.attempts, retryBackoff: Span(topology.retryBackoff),
      onFailure: onFailure, stragglerShare: topology.secondAttempts, balance: balance)
  }

  /// The limits of the supervisor.
  var supervisorConfiguration: Supervisor.Configuration {
    Supervisor.Configuration(
      interval: Span(topology.liveness.interval), missed: topology.liveness.missed,
      patience: Span(topology.patience), onlyChildren: true,
      failsOnDifference: topology.determinism == .fail, restarts: .standard,
      timeout: topology.timeout.map { Span($0) }, onFailure: onFailure)
  }

  private var onFailure: FailurePolicy {
    switch topology.onFailure {
    case .fail: .fail
    case .quarantine: .quarantine
    }
  }
}

extension Span {
  /// The same length of time, to the nanosecond.
  init(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    self.init(nanoseconds: seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
  }
}
