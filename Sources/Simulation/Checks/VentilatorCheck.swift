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
    var isDraining = false
    /// Since when its connection is waited for, and the rosters since; `nil` while it stands.
    var connecting: (since: Int64, rosters: Int)?
  }

  let identity: NodeIncarnation
  let durableAtStart: PartitionBitmap
  let plan: SimulationPlan
  let limits: VentilatorConfiguration
  var cutCount = 0
  var lanes: [Lane] = []
  /// By partition.
  var attempts: [[Attempt]]
  var lastAttempt: [UInt16]
  var toldStored = PartitionBitmap()
  var quarantined = PartitionBitmap()
  var released = PartitionBitmap()
  var closed: [NodeIncarnation] = []
  /// Workers that an order which counts said have left in good order.
  var left: [NodeIncarnation] = []
  var earlyOrders: [(supervisor: NodeIncarnation, order: Order)] = []
  var rosters = RosterCheck()
  var currentSink: NodeIncarnation?
  var listedSink: NodeIncarnation?
  var words: [(sink: NodeIncarnation, partitions: PartitionBitmap)] = []
  var hasWord = false
  var isPast = false
  var mostLanes = 1
  var secondAttempts = 0
  var isCutting = false
  var isCancelled = false

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
    case .receipts(let receipts, let sink):
      for receipt in receipts {
        for index in receipt.indexes { observe(receipt, of: index, from: sink) }
      }
    case .order(let order, let supervisor):
      if supervisor == rosters.current {
        observe(order)
      } else if !rosters.isPast(supervisor) {
        earlyOrders.append((supervisor, order))
      }
    case .laneConnected(let worker):
      for place in lanes.indices where lanes[place].worker == worker {
        lanes[place].connecting = nil
      }
    case .sendFailed, .tick: break
    }
  }

  private mutating func observe(_ order: Order) {
    switch order {
    case .evict(let worker, _): drop(worker)
    case .release(let worker):
      if !closed.contains(worker) { left.append(worker) }
      drop(worker)
    case .cancel: isCancelled = true
    }
  }

  /// Judges what the machine says that it took back.
  func judge(_ evictions: [Beat.Eviction]) throws(Violation) {
    for eviction in evictions {
      guard let suspect = eviction.suspect, left.contains(eviction.worker) else { continue }
      throw Violation("held against a partition that its worker left in good order", suspect.index)
    }
  }

  /// Whether a lane is closed because its worker has left in good order.
  func isReleased(_ worker: NodeIncarnation) -> Bool { left.contains(worker) }

  private mutating func observe(_ roster: Roster, in world: World) {
    isPast = rosters.isPast(roster)
    if isPast { return }
    for early in earlyOrders where early.supervisor == roster.supervisor { observe(early.order) }
    earlyOrders.removeAll { $0.supervisor == roster.supervisor }
    let sink = roster.members.first { $0.roles.contains(.sink) }?.node
    if let sink, sink != listedSink {
      // Whether the machine follows a sink by its word or by the roster, it takes all back then.
      listedSink = sink
      endAllAttempts()
      follow(sink, in: world)
    }
    for place in lanes.indices {
      observeConnection(of: place)
      guard let member = roster.member(lanes[place].worker.node),
        member.node == lanes[place].worker
      else { continue }
      if member.isDraining, !lanes[place].isDraining {
        lanes[place].isDraining = true
        // What waits there goes to others.
        endAttempts(of: lanes[place].worker)
      }
      if member.held > 0 { continue }
      lanes[place].idleRosters += 1
      // The machine may hold what it sent for lost.
      if lanes[place].idleRosters >= 7 { endAttempts(of: lanes[place].worker) }
    }
  }

  /// The machine may hold a lane for one that leads nowhere.
  private mutating func observeConnection(of place: Int) {
    guard let connecting = lanes[place].connecting else { return }
    lanes[place].connecting?.rosters += 1
    if connecting.rosters >= 2 { endAttempts(of: lanes[place].worker) }
  }

  /// Whether the machine must hold a lane for one that leads nowhere.
  func isOutOfReach(_ lane: Lane, in world: World) -> Bool {
    guard let connecting = lane.connecting, connecting.rosters > 16 else { return false }
    return world.now - connecting.since > 8 * plan.interval.nanoseconds
  }

  /// From now on this sink's word counts, and that of no other.
  private mutating func follow(_ sink: NodeIncarnation, in world: World) {
    if sink == currentSink { return }
    world.tell("sink followed", node: sink)
    currentSink = sink
    endAllAttempts()
    for word in words where word.sink == sink { toldStored.formUnion(word.partitions) }
  }

  private mutating func observe(
    _ receipt: Receipt, of index: UInt32, from sink: NodeIncarnation
  ) {
    end(index, receipt.attempt, of: receipt.worker)
    guard Int(index) < attempts.count else { return }
    switch receipt.outcome {
    case .stored, .duplicate:
      if sink == currentSink, hasWord { toldStored.insert(index) }
      for place in words.indices where words[place].sink == sink {
        words[place].partitions.insert(index)
      }
    case .failed: break
    }
  }

  mutating func end(_ index: UInt32, _ number: UInt16, of worker: NodeIncarnation) {
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

  mutating func drop(_ worker: NodeIncarnation) {
    endAttempts(of: worker)
    lanes.removeAll { $0.worker == worker }
    if !closed.contains(worker) { closed.append(worker) }
  }
}
