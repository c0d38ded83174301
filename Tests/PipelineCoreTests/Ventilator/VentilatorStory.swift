@testable import PipelineCore

/// One run of a ventilator among workers, sinks and supervisors that fail as the seed wants.
struct VentilatorStory {
  struct Process {
    var id: NodeIncarnation
    var isAlive = true
    /// Whether the supervisor believes it dead.
    var isBuried = false
    /// Whether it was told to end.
    var isDraining = false
    var packs: [[Ventilator.Grant]] = []
  }

  enum Mail {
    case word(PartitionBitmap)
    case receipts([Receipt])
  }

  var random: SplitMix64
  let configuration: VentilatorConfiguration
  let sizes: [Int]
  /// Partitions that kill their worker, and ones whose data are at fault.
  let poison: Set<UInt32>
  let bad: Set<UInt32>
  var machine: Ventilator
  var model: VentilatorModel
  var now = at(0)
  var cut = 0
  var wanted: Int?
  var processes: [Process] = []
  var starts: UInt64 = 1
  var durable = PartitionBitmap()
  var sink = NodeIncarnation(node: NodeID(rawValue: 600), incarnation: .init(rawValue: 1))
  var mail: [(sink: NodeIncarnation, Mail)] = []
  var supervisor = worker(1000)
  var sequence: UInt64 = 0
  /// Workers that the supervisor has heard.
  var known: Set<NodeIncarnation> = []
  var pastRosters: [Roster] = []
  /// Lanes whose connections are being made.
  var connecting: [NodeIncarnation] = []
  var isFaulty = true
  /// Whether there was one when the machine failed; `nil` while it has not.
  private(set) var hadReasonToFail: Bool?
  static let interval = Span.milliseconds(100)

  init(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    configuration = VentilatorConfiguration(
      creditBytes: random.pick(5...200), creditPartitions: random.pick(2...12),
      packBytes: random.pick(5...100), packPartitions: random.pick(1...6),
      aheadPartitions: random.pick(1...60), attempts: random.pick(2...5),
      retryBackoff: .milliseconds(Int64(random.pick(1...50))),
      onFailure: random.once(in: 2) ? .fail : .quarantine,
      stragglerShare: random.once(in: 2) ? 0 : 0.5,
      stragglerFloor: .milliseconds(Int64(random.pick(0...200))),
      balance: random.once(in: 2) ? .leastLoaded : .roundRobin)
    sizes = (0..<random.pick(0...70)).map { _ in random.pick(0...30) }
    var poison: Set<UInt32> = []
    var bad: Set<UInt32> = []
    if random.once(in: 3) { poison.insert(UInt32(random.pick(0...60))) }
    if random.once(in: 4) { bad.insert(UInt32(random.pick(0...60))) }
    self.poison = poison
    self.bad = bad
    if random.once(in: 3) {
      for index in sizes.indices where random.once(in: 2) { durable.insert(UInt32(index)) }
    }
    machine = Ventilator(
      identity: VentilatorBench.identity, run: .test, stage: 0, configuration: configuration,
      at: at(0))
    model = VentilatorModel(configuration)
    mail = [(sink, .word(durable))]
    let count = random.pick(1...4)
    self.random = random
    for node in 1...count { start(NodeID(rawValue: UInt64(node))) }
  }

  mutating func start(_ node: NodeID) {
    processes.append(
      Process(id: NodeIncarnation(node: node, incarnation: .init(rawValue: starts))))
    starts += 1
  }

  /// Tells machine and model the same, and compares what comes of it.
  mutating func handle(_ event: Ventilator.Event) throws(VentilatorViolation) {
    for worker in model.lanes.map(\.worker) {
      try model.observe(underWay: machine.underWay(on: worker, at: now), on: worker)
    }
    model.observe(event, at: now)
    var actions = Actions<Ventilator.Action>()
    machine.handle(event, at: now, into: &actions)
    machine.checkInvariants()
    for action in actions.list {
      try model.judge(action, at: now)
      switch action {
      case .cut(let limit): wanted = limit
      case .send(let worker, let grants):
        if isFaulty, random.once(in: 25) { continue }
        for place in processes.indices where processes[place].id == worker {
          processes[place].packs.append(grants)
        }
      case .recall(let worker, let recalls):
        // It may come too late, or never.
        if random.once(in: 3) { continue }
        for place in processes.indices where processes[place].id == worker {
          for pack in processes[place].packs.indices.dropFirst() {
            processes[place].packs[pack].removeAll { grant in
              recalls.contains {
                $0.indexes.contains(grant.index) && $0.attempt == grant.attempt
              }
            }
          }
          processes[place].packs.removeAll(where: \.isEmpty)
        }
      case .openLane(let worker, _), .reopenLane(let worker, _): connecting.append(worker)
      case .closeLane, .release, .quarantine, .leave: break
      }
    }
    if case .failed = machine.phase {
      // A late result may store afterwards what it failed for.
      hadReasonToFail = hadReasonToFail ?? (model.firstFinal != nil || !model.aside.isEmpty)
      return
    }
    if machine.leasedCount != model.leasedCount {
      throw VentilatorViolation(
        "\(machine.leasedCount) leases where \(model.leasedCount) are under way")
    }
    if machine.quarantined.map(\.partition.index) != model.aside {
      throw VentilatorViolation("\(model.aside) should be in quarantine")
    }
    if Set(machine.unreachable) != model.unreachable {
      throw VentilatorViolation("\(model.unreachable) should be out of reach")
    }
    if let due = machine.nextTick, due <= now {
      throw VentilatorViolation("wants to be woken for what is over")
    }
  }

  mutating func answerCut() throws(VentilatorViolation) {
    guard let limit = wanted else { return }
    wanted = nil
    let count = min(limit, sizes.count - cut, isFaulty ? random.pick(0...limit) : limit)
    let isAtEnd = cut == sizes.count
    cut += count
    try handle(isAtEnd ? .exhausted : .cut(Array(sizes[cut - count..<cut])))
  }

  /// Some of the connections stand that are being made.
  mutating func connect() throws(VentilatorViolation) {
    let ready = connecting
    connecting = []
    for worker in ready {
      if isFaulty, random.once(in: 2) {
        connecting.append(worker)
      } else {
        try handle(.laneConnected(worker))
      }
    }
  }

  /// A worker does the oldest message that it holds, and its sink stores the results.
  mutating func compute(_ place: Int) throws(VentilatorViolation) {
    guard processes[place].isAlive, !processes[place].packs.isEmpty else { return }
    let pack = processes[place].packs.removeFirst()
    let worker = processes[place].id
    if pack.contains(where: { poison.contains($0.index) }) {
      processes[place].isAlive = false
      return
    }
    if isFaulty, random.once(in: 25) { return }
    var receipts: [Receipt] = []
    for grant in pack {
      var outcome = Receipt.Outcome.stored(digest: 1)
      if bad.contains(grant.index) {
        outcome = .failed(Failure(.data, "bad record"))
      } else if isFaulty, random.once(in: 15) {
        outcome = .failed(.disk)
      } else if !durable.insert(grant.index) {
        outcome = .duplicate(digest: 1, agrees: true)
      }
      receipts.append(
        Receipt(
          partition: PartitionID(grant.index), attempt: grant.attempt, worker: worker,
          outcome: outcome))
    }
    mail.append((sink, .receipts(receipts)))
  }

  /// The oldest mail of one sink comes, or one message once more.
  mutating func deliver() throws(VentilatorViolation) {
    guard !mail.isEmpty else { return }
    let sender = mail[random.pick(0...mail.count - 1)].sink
    let place = mail.firstIndex { $0.sink == sender } ?? 0
    let isRepeated = isFaulty && random.once(in: 20)
    let letter = isRepeated ? mail[place] : mail.remove(at: place)
    switch letter.1 {
    case .word(let word): try handle(.stored(word, by: letter.sink))
    case .receipts(let receipts): try handle(.receipts(receipts, from: letter.sink))
    }
  }

  mutating func publish() throws(VentilatorViolation) {
    for process in processes where process.isAlive && !process.isBuried {
      if !isFaulty || random.once(in: 2) { known.insert(process.id) }
    }
    sequence += 1
    var members = processes.filter { known.contains($0.id) && !$0.isBuried }.map { process in
      Roster.Member(
        node: process.id, roles: .worker, name: "worker", endpoints: .init(lane: "lane"),
        held: UInt64(process.packs.reduce(0) { $0 + $1.count }), isDraining: process.isDraining)
    }
    if !isFaulty || !random.once(in: 10) {
      members.append(
        Roster.Member(node: sink, roles: .sink, name: "sink", endpoints: .init(results: "r")))
    }
    let roster = Roster(
      supervisor: supervisor, sequence: sequence, interval: Self.interval,
      run: .init(id: .test, phase: .running, total: nil), members: members)
    pastRosters.append(roster)
    try handle(.roster(roster))
  }
}
