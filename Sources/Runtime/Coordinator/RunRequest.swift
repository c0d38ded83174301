package import Operators
package import PipelineCore

/// One run of one topology, ready to be carried out.
package struct RunRequest: Sendable {
  /// The stage's operators and the source's files.
  package var specification: StageSpecification
  /// Opens the source.
  package var openSource: @Sendable () throws -> any PartitionSource
  /// Makes the sink part of the last operator.
  package var makeSinkPart: @Sendable () throws -> any SinkPart
  package var target: OutputTarget
  package var storage: RunStorage
  /// Whether workers read the source's files themselves.
  package var byReference: Bool
  /// Whether bytes of files travel compressed.
  package var compresses = false
  /// The source is cut into no more partitions than this.
  package var maximumPartitions = UInt32.max
  package var ventilator: VentilatorConfiguration
  package var supervisor: Supervisor.Configuration
  /// Local worker processes.
  package var workers: Int

  package init(
    specification: StageSpecification,
    openSource: @escaping @Sendable () throws -> any PartitionSource,
    makeSinkPart: @escaping @Sendable () throws -> any SinkPart, target: OutputTarget,
    storage: RunStorage, byReference: Bool, ventilator: VentilatorConfiguration,
    supervisor: Supervisor.Configuration,
    workers: Int
  ) {
    self.specification = specification
    self.openSource = openSource
    self.makeSinkPart = makeSinkPart
    self.target = target
    self.storage = storage
    self.byReference = byReference
    self.ventilator = ventilator
    self.supervisor = supervisor
    self.workers = workers
  }
}

/// How a run went.
package struct RunReport: Sendable {
  package var outcome: Supervisor.Outcome
  package var snapshot: RunSnapshot
  /// What earlier sessions had stored.
  package var recovered: Beat.Progress
  /// The output, where it was captured.
  package var captured: [UInt8]
  /// From the first partition sent to the last receipt, in seconds.
  package var workingSeconds: Double
  /// What happened, in order; at most ``maximumEvents``.
  package var events: [RunEvent]

  package init(
    outcome: Supervisor.Outcome, snapshot: RunSnapshot, recovered: Beat.Progress, captured: [UInt8],
    workingSeconds: Double, events: [RunEvent]
  ) {
    self.outcome = outcome
    self.snapshot = snapshot
    self.recovered = recovered
    self.captured = captured
    self.workingSeconds = workingSeconds
    self.events = events
  }

  /// The most events a report keeps.
  package static let maximumEvents = 10_000
}
