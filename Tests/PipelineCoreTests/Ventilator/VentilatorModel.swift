import PipelineCore

/// What a ventilator may do, told from what it was given and what it has sent: a second opinion that
/// shares nothing with the machine.
struct VentilatorModel {
  struct Partition {
    var size: Int
    var begun: UInt16 = 0
    var charged = 0
    var isStored = false
    var isReleased = false
    var isAside = false
    var wasAside = false
    var hasFinalFailure = false
    var isSuspect = false
    var notBefore = Instant(nanoseconds: .min)
    var avoiding: NodeID?

    var isSettled: Bool { isStored || isAside }
  }

  struct Held {
    var index: UInt32
    var attempt: UInt16
    var message: Int
    var isAlone: Bool
  }

  struct Lane {
    var worker: NodeIncarnation
    /// Granted and not ended, oldest first.
    var held: [Held] = []
    var isDraining = false
    var listedBy: NodeIncarnation?
    /// Since when its connection is waited for, and the rosters since; `nil` while it stands.
    var connecting: (since: Instant, rosters: Int)?
    var isUnreachable = false
    var idleSince: Instant?
    var idleRosters = 0

    var isUsable: Bool { !isDraining && !isUnreachable }
  }

  let configuration: VentilatorConfiguration
  var partitions: [Partition] = []
  var lanes: [Lane] = []
  /// Indexes that were stored before they were cut.
  var early: Set<UInt32> = []
  var isCutting = false
  var isExhausted = false
  var messages = 0
  var secondAttempts = 0
  var evicted: Set<NodeIncarnation> = []
  /// What workers may be at, by index.
  var underWay: [NodeIncarnation: Set<UInt32>] = [:]
  var listed: Set<NodeIncarnation> = []
  var supervisor: NodeIncarnation?
  var pastSupervisors: Set<NodeIncarnation> = []
  var earlyOrders: [(sender: NodeIncarnation, order: Order)] = []
  /// The orders to be obeyed because of the latest event.
  var obeyed: [Order] = []
  var sink: NodeIncarnation?
  var hasWord = false
  var pastSinks: Set<NodeIncarnation> = []
  var waitingWords: [NodeIncarnation: Set<UInt32>] = [:]
  /// The lowest partition with a failure that ends the run.
  var firstFinal: UInt32?

  init(_ configuration: VentilatorConfiguration) { self.configuration = configuration }

  var leasedCount: Int { lanes.reduce(0) { $0 + $1.held.count } }
  var aside: [UInt32] { partitions.indices.filter { partitions[$0].isAside }.map { UInt32($0) } }

  func holders(of index: UInt32) -> [NodeIncarnation] {
    lanes.flatMap { lane in lane.held.filter { $0.index == index }.map { _ in lane.worker } }
  }

  /// Takes in what the machine is told; a roster only if it is to be obeyed.
  mutating func observe(_ event: Ventilator.Event, at now: Instant) {
    obeyed = []
    switch event {
    case .roster(let roster): observe(roster, at: now)
    case .stored(let word, let sender): observe(word, of: sender)
    case .cut(let sizes):
      isCutting = false
      for size in sizes {
        let isStored = early.remove(UInt32(partitions.count)) != nil
        partitions.append(Partition(size: size, isStored: isStored))
      }
    case .exhausted:
      isCutting = false
      isExhausted = true
    case .receipts(let receipts, let sender):
      for receipt in receipts { observe(receipt, from: sender, at: now) }
    case .order(let order, let sender):
      if sender == supervisor {
        obeyed = [order]
      } else if !pastSupervisors.contains(sender) {
        earlyOrders.append((sender, order))
      }
    case .laneConnected(let worker):
      for lane in lanes.indices where lanes[lane].worker == worker {
        lanes[lane].connecting = nil
        lanes[lane].isUnreachable = false
      }
    case .sourceFailed, .sendFailed, .tick: break
    }
  }

  private mutating func observe(_ roster: Roster, at now: Instant) {
    if let supervisor, supervisor != roster.supervisor { pastSupervisors.insert(supervisor) }
    supervisor = roster.supervisor
    obeyed = earlyOrders.filter { $0.sender == supervisor }.map(\.order)
    earlyOrders.removeAll { $0.sender == supervisor }
    // Before all else that the roster tells.
    for order in obeyed {
      switch order {
      case .evict(let worker, _), .release(let worker): close(worker)
      case .cancel: break
      }
    }
    let sinks = roster.members.filter { $0.roles.contains(.sink) }.map(\.node)
    if let first = sinks.first, first != sink, !pastSinks.contains(first) { follow(first) }
    listed = Set(roster.members.filter { $0.roles.contains(.worker) }.map(\.node))
    for lane in lanes.indices {
      guard let member = roster.members.first(where: { $0.node == lanes[lane].worker }) else {
        if lanes[lane].listedBy == supervisor { lanes[lane].isDraining = true }
        continue
      }
      lanes[lane].listedBy = supervisor
      if member.isDraining, !lanes[lane].isDraining {
        lanes[lane].isDraining = true
        let kept = underWay[member.node] ?? []
        lanes[lane].held.removeAll { !kept.contains($0.index) }
      }
      guard member.held == 0 else {
        lanes[lane].idleSince = nil
        continue
      }
      if lanes[lane].idleSince == nil {
        lanes[lane].idleSince = now
        lanes[lane].idleRosters = 0
      }
      lanes[lane].idleRosters += 1
      if let since = lanes[lane].idleSince, lanes[lane].idleRosters > 8,
        now - since >= roster.interval * 8, !lanes[lane].held.isEmpty
      {
        lanes[lane].held = []
        lanes[lane].idleSince = nil
        // It is connected anew, which takes its time.
        lanes[lane].connecting = (now, 0)
      }
    }
    for lane in lanes.indices {
      guard let connecting = lanes[lane].connecting, !lanes[lane].isUnreachable,
        listed.contains(lanes[lane].worker)
      else { continue }
      lanes[lane].connecting?.rosters += 1
      if connecting.rosters >= 2, now - connecting.since >= roster.interval * 4 {
        lanes[lane].isUnreachable = true
        lanes[lane].held = []
        lanes[lane].idleSince = nil
      }
    }
  }

  /// Workers that cannot be reached.
  var unreachable: Set<NodeIncarnation> {
    Set(lanes.filter(\.isUnreachable).map(\.worker))
  }

  private mutating func observe(_ word: PartitionBitmap, of sender: NodeIncarnation) {
    if pastSinks.contains(sender) { return }
    let indexes = (0..<UInt32(word.words.count * 64)).filter { word.contains($0) }
    if sender != sink {
      if sink != nil {
        waitingWords[sender, default: []].formUnion(indexes)
        return
      }
      follow(sender)
    }
    hasWord = true
    for index in indexes { store(index) }
  }

  private mutating func follow(_ next: NodeIncarnation) {
    if let sink { pastSinks.insert(sink) }
    sink = next
    for lane in lanes.indices {
      if !lanes[lane].held.isEmpty { lanes[lane].idleSince = nil }
      lanes[lane].held = []
    }
    let word = waitingWords.removeValue(forKey: next)
    hasWord = word != nil
    for index in word ?? [] { store(index) }
  }

  private mutating func store(_ index: UInt32) {
    if Int(index) < partitions.count {
      partitions[Int(index)].isStored = true
      partitions[Int(index)].isAside = false
    } else {
      early.insert(index)
    }
  }

  private mutating func observe(
    _ receipt: Receipt, from sender: NodeIncarnation, at now: Instant
  ) {
    let index = receipt.partition.index
    var isFailure = false
    if case .failed = receipt.outcome { isFailure = true }
    guard sender == sink, hasWord else {
      if !isFailure { _ = waitingWords[sender]?.insert(index) }
      return
    }
    var ended = false
    for lane in lanes.indices where lanes[lane].worker == receipt.worker {
      let before = lanes[lane].held.count
      lanes[lane].held.removeAll { $0.index == index && $0.attempt == receipt.attempt }
      ended = lanes[lane].held.count < before
      if ended { lanes[lane].idleSince = nil }
    }
    guard case .failed(let failure) = receipt.outcome else {
      store(index)
      return
    }
    guard ended, !partitions[Int(index)].isSettled else { return }
    if failure.isFinal, configuration.onFailure == .fail {
      firstFinal = min(firstFinal ?? index, index)
      return
    }
    partitions[Int(index)].hasFinalFailure = failure.isFinal
    partitions[Int(index)].charged += 1
    partitions[Int(index)].avoiding = receipt.worker.node
    if holders(of: index).isEmpty {
      var wait = configuration.retryBackoff.nanoseconds
      for _ in 1..<min(partitions[Int(index)].charged, 7) { wait += wait }
      partitions[Int(index)].notBefore = now + Span(nanoseconds: wait)
    }
  }

  /// Takes over what each worker may be at, which depends on how fast partitions are: all of its oldest
  /// message, perhaps the next one, and no more.
  mutating func observe(
    underWay grants: [Ventilator.Grant], on worker: NodeIncarnation
  ) throws(VentilatorViolation) {
    guard let lane = lanes.first(where: { $0.worker == worker }) else { return }
    let held = lane.held.filter { held in
      grants.contains { $0.index == held.index && $0.attempt == held.attempt }
    }
    let oldest = lane.held.filter { $0.message == lane.held[0].message }
    if held.count < oldest.count || Set(held.map(\.message)).count > 2
      || held.map(\.index) != lane.held.prefix(held.count).map(\.index)
    {
      throw VentilatorViolation("\(held.map(\.index)) cannot be under way")
    }
    underWay[worker] = Set(held.map(\.index))
  }

  /// A lane was closed: what was under way there is charged.
  mutating func close(_ worker: NodeIncarnation) {
    evicted.insert(worker)
    guard let place = lanes.firstIndex(where: { $0.worker == worker }) else { return }
    let lane = lanes.remove(at: place)
    var suspect: PartitionID?
    let order = obeyed.first { order in
      switch order {
      case .evict(worker, _), .release(worker): true
      default: false
      }
    }
    switch order {
    case .release: return
    case .evict(_, let named): suspect = named?.partition
    case .cancel, nil: break
    }
    for held in lane.held where !partitions[Int(held.index)].isSettled {
      let isCharged =
        suspect.map { $0 == PartitionID(held.index) }
        ?? (underWay[worker]?.contains(held.index) ?? false)
      guard isCharged else { continue }
      partitions[Int(held.index)].charged += 1
      partitions[Int(held.index)].isSuspect = true
      partitions[Int(held.index)].avoiding = worker.node
    }
  }
}
