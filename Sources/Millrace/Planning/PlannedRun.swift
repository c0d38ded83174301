import Foundation
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
    var plan: QueryPlan?
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

  /// The source is cut into no more partitions than this: each but the last of a file has at least the
  /// bytes that were asked for, each but the last of a range exactly the numbers.
  var maximumPartitions: UInt32 {
    switch topology.source {
    case .files(let source):
      guard let input else { preconditionFailure("a source of files was planned") }
      let partition = UInt64(max(1, source.partition))
      return UInt32(
        clamping: input.files.reduce(UInt64(0)) { sum, file in
          sum + UInt64(max(0, file.size)).dividedRoundingUp(by: partition)
        })
    case .range(let range):
      guard range.from < range.to else { return 0 }
      return UInt32(
        clamping: UInt64(bitPattern: range.to &- range.from)
          .dividedRoundingUp(by: UInt64(max(1, range.partition))))
    }
  }

  /// Whether workers read the files themselves. On one host they see the same files.
  var byReference: Bool {
    guard case .files = topology.source else { return false }
    return topology.source.deliver == .auto || topology.source.deliver == .reference
  }

  /// Whether the bytes of files travel compressed.
  var compresses: Bool { topology.source.deliver == .compressed }

  /// What workers must know of the stage.
  func specification(run: RunID) -> StageSpecification {
    let files = (input?.files ?? []).map { file in
      var file = StageSpecification.File(file)
      // A worker may have another working directory.
      file.path = URL(fileURLWithPath: file.path).standardizedFileURL.path
      return file
    }
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
    var request = RunRequest(
      specification: specification(run: run), openSource: { try openSource() },
      makeSinkPart: {
        try registry.make(last.operatorName, configuration: last.configuration).makeSinkPart()
      },
      target: target, storage: storage, byReference: byReference,
      ventilator: ventilatorConfiguration, supervisor: supervisorConfiguration,
      workers: topology.workers)
    request.compresses = compresses
    request.maximumPartitions = maximumPartitions
    return request
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
      onFailure: FailurePolicy(topology.onFailure), stragglerShare: topology.secondAttempts,
      balance: balance)
  }

  /// The limits of the supervisor of a run on this host.
  var supervisorConfiguration: Supervisor.Configuration {
    topology.supervisorConfiguration(acrossHosts: false)
  }
}

extension UInt64 {
  fileprivate func dividedRoundingUp(by divisor: UInt64) -> UInt64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return quotient + (remainder == 0 ? 0 : 1)
  }
}

extension Topology {
  /// The limits of the supervisor.
  ///
  /// - Parameter acrossHosts: whether workers come and go by themselves, instead of being the
  ///   supervisor's children.
  func supervisorConfiguration(acrossHosts: Bool) -> Supervisor.Configuration {
    Supervisor.Configuration(
      interval: Span(acrossHosts ? liveness.intervalAcrossHosts : liveness.interval),
      missed: liveness.missed, patience: Span(patience), onlyChildren: !acrossHosts,
      failsOnDifference: determinism == .fail, restarts: acrossHosts ? .never : .standard,
      timeout: timeout.map { Span($0) }, onFailure: PipelineCore.FailurePolicy(onFailure))
  }
}

extension PipelineCore.FailurePolicy {
  fileprivate init(_ policy: Topology.FailurePolicy) {
    self =
      switch policy {
      case .fail: .fail
      case .quarantine: .quarantine
      }
  }
}

extension OutputTarget {
  /// Where a topology's output goes.
  init(_ sink: Topology.Sink) {
    self =
      switch sink {
      case .file(let sink): .file(sink.path)
      case .table: .capture
      case .discard: .discard
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
