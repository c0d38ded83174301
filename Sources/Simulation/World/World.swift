import PipelineCore
import ResultStore

/// A made-up world in which the production machines run: its clock, its hosts and processes, its
/// network and its disk, and what is known of the run by those who see everything.
final class World {
  let plan: SimulationPlan
  var generator: SplitMix64
  var now: Int64 = 0
  var queue = EventQueue()
  var addresses: [Address] = []
  var links = Links()
  var story = Story()
  /// Whether lines are kept; their digest always is.
  let keepsStory: Bool
  var statistics = SimulationStatistics()

  /// All processes that are alive, in the order of their start.
  var processes: [SimulatedProcess] = []
  var stations: [StationState] = []
  /// Where the supervisor is found when roles have processes of their own.
  var fixedAddresses: SupervisorAddresses?
  var lastProcessID: Int32 = 100
  var lastIncarnation: UInt64 = 0
  /// Who an incarnation is or was; looked up only.
  var incarnations: [NodeIncarnation: IncarnationState] = [:]

  let disk: SimulatedDisk
  var diskFaults = 0
  /// By host: until when it has no power.
  var downUntil: [Int64] = []
  /// Partitions whose results survive whatever the plan's durability promises.
  var durable = PartitionBitmap()
  /// Partitions whose results were ever written to the disk.
  var appended = PartitionBitmap()
  /// By partition: what was held against it rightly.
  var troubles: [Int]
  /// By partition: incarnations that it was sent to and that may hold it.
  var holders: [[NodeIncarnation]]
  var quarantined = PartitionBitmap()
  var output: SimulatedOutput?

  var session = 0
  /// What went wrong in the present session, as far as it excuses a failure.
  var excuses = Excuses()
  var isHealed = false
  /// Since when nothing is at fault any more.
  var healedAt: Int64 = 0
  /// When a stop, a cut or slowness ended last.
  var calmSince: Int64 = 0
  /// How the present session ended.
  var outcome: Supervisor.Outcome?
  var isOver = false

  init(_ plan: SimulationPlan, keepsStory: Bool) {
    self.plan = plan
    self.keepsStory = keepsStory
    generator = SplitMix64(seed: SplitMix64.mix(plan.seed ^ 0x7669_7274_7561_6c21))
    disk = SimulatedDisk(seed: plan.seed)
    troubles = Array(repeating: 0, count: plan.partitions.count)
    holders = Array(repeating: [], count: plan.partitions.count)
    statistics.partitions = plan.partitions.count
  }

  /// Events after which a run that has not ended goes round in circles.
  private static let mostEvents: UInt64 = 3_000_000

  /// Lives through the faults, heals them, and demands that the run ends.
  func live() throws(Violation) {
    prepare()
    while !isOver {
      guard let (time, happening) = queue.popFirst() else {
        throw Violation("nothing happens any more, and the run has not ended", firstMissing)
      }
      now = max(now, time)
      if isHealed, now - healedAt > longestEnding {
        throw Violation(
          "the run does not end within \(longestEnding / 1_000_000_000) s though nothing is at fault "
            + "any more", firstMissing)
      }
      if queue.count > Self.mostEvents {
        throw Violation("the machines never come to rest", firstMissing)
      }
      try happen(happening)
    }
  }

  private func happen(_ happening: Happening) throws(Violation) {
    switch happening {
    case .arrive(let pipe, let epoch, let message, let isLate):
      try arrive(message, from: pipe, epoch: epoch, isLate: isLate)
    case .reset(let pipe, let epoch):
      if !isHealed, pipe.isConnected, pipe.epoch == epoch { reset(pipe) }
    case .connect(let pipe, let epoch): try finishConnection(pipe, epoch: epoch)
    case .timer(let process, let timer): try process.fire(timer, in: self)
    case .proceed(let process, let stop): try proceed(process, stop: stop)
    case .fault(let fault): try cause(fault)
    case .heal: try heal()
    case .start(let place, let generation): try start(place, generation: generation)
    case .startChild(let station, let parent): try startChild(at: station, of: parent)
    case .childExit(let parent, let child):
      guard parent.isAlive else { return }
      if parent.isStopped {
        parent.missedExits.append(child)
      } else {
        try parent.supervisor?.buryChild(child, in: self)
      }
    case .room: disk.limitSpace(to: nil)
    case .kill(let process): end(process, "killed")
    case .crash(let process):
      if !isHealed, outcome == nil, process.isAlive {
        statistics.crashes += 1
        end(process, "killed")
      }
    case .close(let session): try close(session)
    }
  }

  /// How long a run may take to end when nothing is at fault any more: every wait that a machine may
  /// rightly make, and all the work again.
  var longestEnding: Int64 {
    let work = plan.partitions.reduce(0) { $0 + $1.duration }
    return 120_000_000_000 + work * Int64(plan.ventilator.attempts)
  }

  private var firstMissing: UInt32? {
    (0..<UInt32(plan.partitions.count)).first {
      !durable.contains($0) && !quarantined.contains($0)
    }
  }

  /// Tells what happened.
  @inline(__always)
  func tell(
    _ what: StaticString, partition: UInt32? = nil, node: NodeIncarnation? = nil, number: UInt64 = 0
  ) {
    story.tell(
      what, at: now, partition: partition, node: node, number: number, keeping: keepsStory)
  }

  /// An incarnation that nobody had.
  func freshIncarnation() -> Incarnation {
    lastIncarnation += 1
    // Later ones are not the greater ones.
    return Incarnation(rawValue: (generator.next() & 0xfff) << 12 | lastIncarnation)
  }

  /// What happened so far.
  var totals: SimulationStatistics {
    var totals = statistics
    totals.virtualTime = now
    totals.events = queue.count
    return totals
  }

  /// Lets go of what holds itself in circles.
  func tearDown() {
    for process in processes { dismantle(process) }
    processes.removeAll()
    stations.removeAll()
    addresses.removeAll()
    incarnations.removeAll()
    queue.removeAll()
  }

  /// Takes a process apart that nothing happens to any more.
  func dismantle(_ process: SimulatedProcess) {
    process.pipes.removeAll()
    process.mailbox.removeAll()
    process.missedTimers.removeAll()
    process.missedExits.removeAll()
    process.beats = nil
    process.ventilator = nil
    process.sink = nil
    process.supervisor = nil
    process.worker = nil
  }
}
