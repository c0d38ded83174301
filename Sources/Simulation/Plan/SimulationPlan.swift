package import PipelineCore

/// What a simulated run is like and what goes wrong in it: all of it follows from a seed.
package struct SimulationPlan: Sendable {
  /// Which roles share a process.
  package enum Layout: Sendable, Equatable {
    /// Ventilator, supervisor and sink in one process, workers its children, all on one host.
    case coordinator
    /// A process for each role and each worker, on so many hosts.
    case roles(hosts: Int)
  }

  /// What is durable before a receipt says so.
  package enum Durability: Sendable, Equatable {
    /// What survives loss of power.
    case machine
    /// What survives the death of processes.
    case process
  }

  package let seed: UInt64
  package let mix: FaultMix
  package var layout: Layout
  package var partitions: [PartitionPlan]
  package var workers: Int
  package var ventilator: VentilatorConfiguration
  package var supervisor: Supervisor.Configuration
  package var durability: Durability
  /// Bytes of a segment of the sink's store.
  package var segmentSize: Int64
  /// How long a flush takes at most, in nanoseconds.
  package var longestFlush: Int64
  /// How long workers wait for a silent supervisor.
  package var workerPatience: Span
  /// Whether workers wait for another run when theirs is over.
  package var staysAfterRun: Bool
  /// The machines check their invariants after one event in so many.
  package var inspectionEvery: Int
  /// Whether processes of roles and workers bind the same addresses each time they start, as with
  /// fixed ports.
  package var hasFixedPorts: Bool
  /// Messages that a PUB socket, or one for orders, keeps for a peer.
  var controlMark: Int
  var faults: [PlannedFault] = []
  /// When the last fault is over, in nanoseconds.
  var healTime: Int64 = 0

  #if PLANTED_FAULTS
  /// A defect that all machines have, for tests of the simulator. Their own invariants are not
  /// checked then: the world's checks have to find it.
  package var planted: PlantedFault? {
    didSet { inspectionEvery = .max }
  }
  /// A defect that the simulator's own part has.
  package var plantedInWorld: PlantedWorldFault?
  #endif

  var run: RunID { RunID(rawValue: seed | 1) }
  /// A run that is none of this world's.
  var otherRun: RunID { RunID(rawValue: ~seed | 1) }
  var interval: Span { supervisor.interval }
  /// Messages that data sockets keep; far beyond what credit lets through, so that to reach it is a
  /// defect.
  var dataMark: Int { 16 * ventilator.creditPartitions + 64 }

  /// Draws a plan.
  ///
  /// - Parameters:
  ///   - seed: all of the plan and all that happens follows from it.
  ///   - shape: what is not left to chance.
  package init(seed: UInt64, mix: FaultMix, shape: SimulationShape = SimulationShape()) {
    self.seed = seed
    self.mix = mix
    var draw = PlanDraw(seed: seed, mix: mix)
    layout = draw.layout()
    workers = shape.workers.map { min(max($0, 1), 64) } ?? draw.workers()
    partitions = draw.partitions(sizes: shape.partitionSizes)
    ventilator = shape.ventilator ?? draw.ventilator()
    supervisor = draw.supervisor(layout, onFailure: ventilator.onFailure)
    if let failsOnDifference = shape.failsOnDifference {
      supervisor.failsOnDifference = failsOnDifference
    }
    if let timeout = shape.timeout { supervisor.timeout = timeout }
    durability = draw.durability()
    segmentSize = draw.segmentSize()
    longestFlush = draw.longestFlush()
    workerPatience = .seconds(30)
    controlMark = draw.controlMark()
    hasFixedPorts = layout != .coordinator && draw.generator.once(in: 2)
    staysAfterRun = layout != .coordinator && draw.generator.once(in: 2)
    inspectionEvery = partitions.count > 100 ? 1024 : 8
    let work = partitions.reduce(0) { $0 + $1.duration } / Int64(workers)
    (faults, healTime) = draw.faults(layout, work: work)
    // So few nodes are as prompt as thousands then.
    if draw.generator.once(in: 2) { supervisor.rosterMembers = 8 }
  }
}
