import Logging
import Operators
import PipelineCore
import Runtime
import Topology
import Wire

/// Where the ventilator and the sink of a cluster get what a run needs: they ask the supervisor.
final class ClusterRunDirectory: RunDirectory {
  private let client: CommandClient
  private let registry: OperatorRegistry
  private let results: ResultDirectory?
  private let log: Logger

  /// How long an answer is waited for before the role looks after itself again.
  private static let patience = Span.seconds(10)
  /// How long an output or a partition in quarantine may take to be taken in; a supervisor that starts
  /// again meanwhile is waited for.
  private static let longPatience = Span.seconds(120)

  /// - Parameter results: where a sink keeps results; `nil` for a ventilator.
  init(
    _ client: CommandClient, registry: OperatorRegistry, results: ResultDirectory? = nil,
    log: Logger
  ) {
    self.client = client
    self.registry = registry
    self.results = results
    self.log = log
  }

  func planned(_ run: RunID) throws -> VentilatorWork {
    let description = try describe(run)
    let plan: PlannedRun
    do throws(Rejection) {
      plan = try RunPlanner(registry: registry).plan(try description.submission.topology())
    } catch {
      guard description.plan == nil else {
        throw PlanRejection(Failure(.configuration, error.description))
      }
      try tell(.rejected(run, reasons: error.lines))
      throw PlanRejection(Failure(.configuration, error.description))
    }
    if let known = description.plan {
      guard known.fingerprint == plan.fingerprint else {
        throw PlanRejection(
          Failure(
            .configuration,
            "a file of the source, or the operators of this binary, are not what they were when the run "
              + "was planned; put them back, or submit the topology anew"))
      }
    } else {
      try tell(
        .planned(
          run,
          Plan(
            fingerprint: plan.fingerprint, json: plan.json.line,
            specification: plan.specification(run: run).encoded(),
            maximumPartitions: plan.maximumPartitions)))
    }
    log.info("planned", metadata: ["run": "\(description.id)"])
    var work = VentilatorWork(
      specification: plan.specification(run: run), openSource: { try plan.openSource() },
      byReference: plan.byReference ? .whenSeen : .never,
      configuration: plan.ventilatorConfiguration, storage: storage(run))
    work.compresses = plan.compresses
    return work
  }

  func sinkWork(_ run: RunID) throws -> SinkWork? {
    guard let results else { preconditionFailure("a sink has a place for its results") }
    let description = try describe(run)
    guard let plan = description.plan else { return nil }
    let topology: Topology
    let specification: StageSpecification
    do {
      topology = try description.submission.topology()
      specification = try plan.specification.withUnsafeBytes { bytes in
        try StageSpecification(wire: bytes, run: run, stage: 0)
      }
    } catch {
      throw PlanRejection(Failure(.configuration, "\(error)"))
    }
    let last = specification.steps[specification.steps.count - 1]
    return SinkWork(
      stage: specification.stage, maximumPartitions: plan.maximumPartitions,
      makeSinkPart: { [registry] in
        try registry.make(last.operator, configuration: last.configuration).makeSinkPart()
      }, target: OutputTarget(topology.sink),
      storage: try results.storage(for: run, durability: topology.durability, log: log))
  }

  func finished(_ run: RunID, captured: [UInt8]) throws {
    guard !captured.isEmpty else { return }
    try tell(.output(run, captured), within: Self.longPatience)
  }

  private func describe(_ run: RunID) throws(ClusterError) -> Response.Description {
    switch try client.ask(.describe(run), within: Self.patience) {
    case .description(let description) where description.run == run: return description
    case .refused(let message): throw ClusterError("the supervisor refuses: \(message)")
    default: throw ClusterError("the supervisor answered something else than was asked")
    }
  }

  private func tell(_ request: Request, within limit: Span = patience) throws(ClusterError) {
    switch try client.ask(request, within: limit) {
    case .done: return
    case .refused(let message): throw ClusterError("the supervisor refuses: \(message)")
    default: throw ClusterError("the supervisor answered something else than was asked")
    }
  }

  /// Where a ventilator's partitions in quarantine go: the rest of a run's storage is the sink's.
  private func storage(_ run: RunID) -> RunStorage {
    RunStorage(
      durability: .off, directory: "", stored: { _ in }, recovered: { _ in },
      recoveryEnded: { _ in },
      quarantine: { [self] given, slice in
        var content: [UInt8]?
        if case .file(_, _, _, let bytes) = slice { content = bytes }
        // The place in the source is told in any case.
        if let bytes = content, bytes.count > Self.maximumKept { content = nil }
        let record = try QuarantineText(given, slice.place).json()
        do throws(ClusterError) {
          try tell(.quarantine(run, record: record, content: content), within: Self.longPatience)
        } catch {
          // A ventilator that was told to end must not fail its run: the next one tries again.
          if !client.isStopped { throw error }
        }
      })
  }

  /// The largest partition in quarantine whose bytes are kept.
  private static let maximumKept = WireLimits.largeCommand - (1 << 20)
}
