import PipelineCore

/// What a ventilator may do, told from what it was given and what it has done: a second opinion that
/// shares nothing with the machine.
struct VentilatorCheck {
  /// An attempt under way.
  struct Attempt {
    var number: UInt16
    var worker: NodeIncarnation
  }

  struct Lane {
    var worker: NodeIncarnation
    var count = 0
    var bytes = 0
    /// Rosters in a row that said that the worker holds nothing, since something went through the lane.
    var idleRosters = 0
  }

  let identity: NodeIncarnation
  private let durableAtStart: PartitionBitmap
  private let plan: SimulationPlan
  private let limits: VentilatorConfiguration
  private var cutCount = 0
  var lanes: [Lane] = []
  /// By partition.
  private var attempts: [[Attempt]]
  private var lastAttempt: [UInt16]
  private var toldStored = PartitionBitmap()
  private var quarantined = PartitionBitmap()
  private var released = PartitionBitmap()
  private var closed: [NodeIncarnation] = []
  private var rosters = RosterCheck()
  private var currentSink: NodeIncarnation?
  private var listedSink: NodeIncarnation?
  private var words: [(sink: NodeIncarnation, partitions: PartitionBitmap)] = []
  private var hasWord = false
  private var isPast = false
  private var mostLanes = 1
  private var secondAttempts = 0
  private var isCutting = false
  private var isCancelled = false

  init(_ identity: NodeIncarnation, durableAtStart: PartitionBitmap, _ plan: SimulationPlan) {
    self.identity = identity
    self.durableAtStart = durableAtStart
    self.plan = plan
    limits = plan.ventilator
    attempts = Array(repeating: [], count: plan.partitions.count)
    lastAttempt = Array(repeating: 0, count: plan.partitions.count)
  }

  /// Takes in what the machine is told.
  mutating func observe(_ event: Ventilator.Event, in world: World) throws(Violation) {
    isPast = false
    switch event {
    case .roster(let roster): observe(roster, in: world)
    case .stored(let bitmap, let sink):
      world.tell("word heard", node: sink, number: UInt64(bitmap.count))
      words.append((sink, bitmap))
      if currentSink == nil { follow(sink, in: world) }
      if sink == currentSink { toldStored.formUnion(bitmap) }
      hasWord = true
    case .cut(let sizes):
      isCutting = false
      cutCount += sizes.count
    case .exhausted, .sourceFailed: isCutting = false
    case .receipts(let receipts, let sink): for receipt in receipts { observe(receipt, from: sink) }
    case .order(.evict(let worker, _)): drop(worker)
    case .order(.cancel): isCancelled = true
    case .order(.release), .sendFailed, .tick: break
    }
  }

  private mutating func observe(_ roster: Roster, in world: World) {
    isPast = rosters.isPast(roster)
    if isPast { return }
    let sink = roster.members.first { $0.roles.contains(.sink) }?.node
    if let sink, sink != listedSink {
      // Whether the machine follows a sink by its word or by the roster, it takes all back then.
      listedSink = sink
      endAllAttempts()
      follow(sink, in: world)
    }
    for place in lanes.indices {
      guard let member = roster.member(lanes[place].worker.node),
        member.node == lanes[place].worker, member.held == 0
      else { continue }
      lanes[place].idleRosters += 1
      // The machine may hold what it sent for lost.
      if lanes[place].idleRosters >= 7 { endAttempts(of: lanes[place].worker) }
    }
  }

  /// From now on this sink's word counts, and that of no other.
  private mutating func follow(_ sink: NodeIncarnation, in world: World) {
    if sink == currentSink { return }
    world.tell("sink followed", node: sink)
    currentSink = sink
    endAllAttempts()
    for word in words where word.sink == sink { toldStored.formUnion(word.partitions) }
  }

  private mutating func observe(_ receipt: Receipt, from sink: NodeIncarnation) {
    let index = Int(receipt.partition.index)
    end(receipt.partition.index, receipt.attempt, of: receipt.worker)
    guard index < attempts.count else { return }
    switch receipt.outcome {
    case .stored, .duplicate:
      if sink == currentSink, hasWord { toldStored.insert(receipt.partition.index) }
      for place in words.indices where words[place].sink == sink {
        words[place].partitions.insert(receipt.partition.index)
      }
    case .failed: break
    }
  }

  private mutating func end(_ index: UInt32, _ number: UInt16, of worker: NodeIncarnation) {
    guard Int(index) < attempts.count,
      let place = attempts[Int(index)].firstIndex(where: {
        $0.number == number && $0.worker == worker
      })
    else { return }
    attempts[Int(index)].remove(at: place)
    if let lane = lanes.firstIndex(where: { $0.worker == worker }) {
      lanes[lane].count -= 1
      lanes[lane].idleRosters = 0
      lanes[lane].bytes -= plan.partitions[Int(index)].size
    }
  }

  private mutating func endAttempts(of worker: NodeIncarnation) {
    for index in attempts.indices { attempts[index].removeAll { $0.worker == worker } }
    if let lane = lanes.firstIndex(where: { $0.worker == worker }) {
      lanes[lane].count = 0
      lanes[lane].bytes = 0
    }
  }

  private mutating func endAllAttempts() {
    for index in attempts.indices { attempts[index].removeAll() }
    for lane in lanes.indices {
      lanes[lane].count = 0
      lanes[lane].bytes = 0
    }
  }

  private mutating func drop(_ worker: NodeIncarnation) {
    endAttempts(of: worker)
    lanes.removeAll { $0.worker == worker }
    if !closed.contains(worker) { closed.append(worker) }
  }

  /// Judges what the machine wants done.
  mutating func judge(_ action: Ventilator.Action, in world: World) throws(Violation) {
    switch action {
    case .cut(let limit):
      if isCutting { throw Violation("asked to cut twice at once") }
      if limit < 1 { throw Violation("asked to cut \(limit) partitions") }
      isCutting = true
    case .openLane(let worker, _):
      if isPast { throw Violation("a lane is opened by a roster of the past") }
      if closed.contains(worker) {
        throw Violation("a lane is opened again for an incarnation that was evicted")
      }
      if lanes.contains(where: { $0.worker == worker }) {
        throw Violation("a lane is opened twice")
      }
      lanes.append(Lane(worker: worker))
      mostLanes = max(mostLanes, lanes.count)
    case .reopenLane(let worker, _):
      if !lanes.contains(where: { $0.worker == worker }) {
        throw Violation("a lane is opened anew that was not open")
      }
    case .closeLane(let worker):
      if isPast { throw Violation("a lane is closed by a roster of the past") }
      drop(worker)
    case .release(let index):
      if !toldStored.contains(index) { throw Violation("released before it is stored", index) }
      if !released.insert(index) { throw Violation("released twice", index) }
    case .quarantine(let partition):
      let index = partition.partition.index
      if released.contains(index) { throw Violation("quarantined after its release", index) }
      if !quarantined.insert(index) { throw Violation("quarantined twice", index) }
    case .send(let worker, let grants):
      if isPast { break }
      try judge(grants, to: worker, in: world)
    case .leave:
      if isPast { throw Violation("a ventilator leaves by a roster of the past") }
    }
  }

  private mutating func judge(
    _ grants: [Ventilator.Grant], to worker: NodeIncarnation, in world: World
  ) throws(Violation) {
    if grants.isEmpty { throw Violation("an empty message is sent") }
    guard let place = lanes.firstIndex(where: { $0.worker == worker }) else {
      throw Violation("sent to a lane that is not open", grants[0].index)
    }
    var bytes = 0
    for grant in grants {
      try judge(grant, to: worker)
      bytes += plan.partitions[Int(grant.index)].size
    }
    if grants.count > limits.packPartitions {
      throw Violation("\(grants.count) partitions are in one message", grants[0].index)
    }
    if grants.count > 1, bytes > limits.packBytes {
      throw Violation("\(bytes) bytes are in one message", grants[0].index)
    }
    lanes[place].count += grants.count
    lanes[place].bytes += bytes
    lanes[place].idleRosters = 0
    let lane = lanes[place]
    if lane.count > limits.creditPartitions {
      throw Violation("credit is exceeded: \(lane.count) partitions in a lane", grants[0].index)
    }
    if lane.count > 2, lane.bytes > limits.creditBytes {
      throw Violation("credit is exceeded: \(lane.bytes) bytes in a lane", grants[0].index)
    }
  }

  private mutating func judge(
    _ grant: Ventilator.Grant, to worker: NodeIncarnation
  ) throws(Violation) {
    let index = grant.index
    let place = Int(index)
    if isCancelled { throw Violation("sent after the run was cancelled", index) }
    if !hasWord { throw Violation("sent before any sink said what is stored", index) }
    if place >= cutCount { throw Violation("sent and never cut", index) }
    if toldStored.contains(index) { throw Violation("sent although it is stored", index) }
    if durableAtStart.contains(index) {
      throw Violation("done again although it was stored before this ventilator started", index)
    }
    if released.contains(index) { throw Violation("sent after its release", index) }
    if quarantined.contains(index) { throw Violation("sent although it is in quarantine", index) }
    if grant.attempt <= lastAttempt[place] {
      throw Violation("attempt \(grant.attempt) after attempt \(lastAttempt[place])", index)
    }
    lastAttempt[place] = grant.attempt
    if !attempts[place].isEmpty {
      if attempts[place].count > 1 { throw Violation("under way three times at once", index) }
      if attempts[place][0].worker.node == worker.node {
        throw Violation(
          "attempt \(grant.attempt) at a node where attempt \(attempts[place][0].number) is under way",
          index)
      }
      secondAttempts += 1
      let most = max(mostLanes, Int(limits.stragglerShare * Double(cutCount)))
      if secondAttempts > most {
        throw Violation("\(secondAttempts) second attempts are more than \(most)", index)
      }
    }
    attempts[place].append(Attempt(number: grant.attempt, worker: worker))
  }
}
