import PipelineCore

/// A process of the made-up world: some roles, their sockets, and one fate.
final class SimulatedProcess {
  /// A message in a socket of a stopped process.
  struct Mail {
    var pipe: Pipe
    var epoch: UInt32
    var message: Message
  }

  let processID: Int32
  let station: Station
  let host: Int
  /// The process that started this one and is told of its end.
  let parent: SimulatedProcess?
  /// What this process's clock shows at the start of the world: clocks of different processes have
  /// nothing to do with each other.
  let clockOffset: Int64
  /// Where the supervisor is found.
  let supervisorAddresses: SupervisorAddresses
  /// The present incarnations of the process's nodes.
  var identities: [NodeIncarnation] = []
  var isAlive = true
  var isStopped = false
  /// The partition at which the process ended, if its worker was at one.
  var endedAt: PartitionID?
  /// Whether the process is killed while the next message that it sends is on its way.
  var diesAtNextMessage = false
  /// Stops so far, which tells an old end of a stop from the present one.
  var stops = 0
  var stoppedAt: Int64 = 0
  var pipes: [Pipe] = []
  var bound: [Int] = []
  /// In order of arrival, while stopped.
  var mailbox: [Mail] = []
  var missedTimers: [ProcessTimer] = []
  var missedExits: [SimulatedProcess] = []

  var ventilator: VentilatorRole?
  var sink: SinkRole?
  var supervisor: SupervisorRole?
  var worker: WorkerRole?
  /// The run that the process's worker belongs to if that is another one than the world's.
  var otherRun: RunID?

  var beats: Pipe?
  var beatGeneration = 0
  var joiningBeats = 0

  init(
    processID: Int32, station: Station, host: Int, parent: SimulatedProcess?, clockOffset: Int64,
    supervisorAddresses: SupervisorAddresses
  ) {
    self.processID = processID
    self.station = station
    self.host = host
    self.parent = parent
    self.clockOffset = clockOffset
    self.supervisorAddresses = supervisorAddresses
  }

  /// What the process's own clock shows.
  func clock(_ world: World) -> Instant { Instant(nanoseconds: world.now + clockOffset) }

  /// The time of the world at which the process's clock shows `instant`.
  func worldTime(of instant: Instant) -> Int64 { instant.nanoseconds - clockOffset }

  /// Hands a message to the role whose socket it came to.
  func receive(_ message: Message, on channel: Channel, in world: World) throws(Violation) {
    switch (channel, message) {
    case (.rosterToVentilator, .roster(let roster)):
      try ventilator?.handle(.roster(roster.value), in: world)
    case (.orders, .order(let order, let supervisor)):
      try ventilator?.handle(.order(order, from: supervisor), in: world)
    case (.receiptsToVentilator, .receipts(let receipts)):
      try ventilator?.handle(
        .receipts(receipts.value.list, from: receipts.value.sender), in: world)
    case (.receiptsToVentilator, .stored(let word)):
      // A process that binds the address of one before it hears what was meant for that.
      guard let ventilator, ventilator.beat.sender == word.value.recipient else { break }
      try ventilator.handle(.stored(word.value.partitions, by: word.value.sender), in: world)
    case (.rosterToSink, .roster(let roster)):
      try sink?.handle(.roster(roster.value), in: world)
    case (.results, .results(let results)):
      try sink?.take(results.value, in: world)
    case (.beats, .beat(let beat)):
      try supervisor?.handle(.beat(beat.value), in: world)
    case (.receiptsToSupervisor, .receipts(let receipts)):
      try supervisor?.handle(
        .receipts(receipts.value.list, from: receipts.value.sender), in: world)
    case (.receiptsToSupervisor, .stored(let word)):
      guard let supervisor, supervisor.beat.sender == word.value.recipient else { break }
      try supervisor.handle(.stored(word.value.partitions, by: word.value.sender), in: world)
    case (.rosterToWorker, .roster(let roster)):
      try worker?.handle(.roster(roster.value), in: world)
    case (.lane, .stage(let subject)):
      worker?.prepare(for: subject)
    case (.lane, .pack(let pack)):
      try worker?.take(pack.value, in: world)
    case (.lane, .recall(let subject, let recalls)):
      worker?.recall(recalls, of: subject)
    default:
      preconditionFailure("a message came to a socket of another kind")
    }
  }

  /// Lets a timer go off, or keeps it until the process goes on.
  func fire(_ timer: ProcessTimer, in world: World) throws(Violation) {
    guard isAlive else { return }
    if isStopped {
      missedTimers.append(timer)
      return
    }
    switch timer {
    case .beat(let generation): if generation == beatGeneration { sendBeats(in: world) }
    case .ventilatorTick(let time): try ventilator?.tick(at: time, in: world)
    case .cut: try ventilator?.cut(in: world)
    case .supervisorTick(let time): try supervisor?.tick(at: time, in: world)
    case .sinkReady: try sink?.begin(in: world)
    case .flushed: try sink?.finishFlush(in: world)
    case .outputWritten: try sink?.finishOutput(in: world)
    case .workerTick: try worker?.tick(in: world)
    case .drain: try worker?.handle(.drain, in: world)
    case .left: world.end(self, "left")
    case .computed(let job): try worker?.finish(job: job, in: world)
    }
  }
}
