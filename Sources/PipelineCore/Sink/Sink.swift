import DequeModule

/// Decides which results are stored, answers each attempt with a receipt, and knows when all is there.
///
/// A partition counts once: the first result stored wins, every later copy is compared by digest and
/// dropped. What a sink holds durably is the one authority on what is stored: it says so to each
/// ventilator and supervisor before it sends them any receipt.
package struct Sink: Sendable {
  /// What happened.
  package enum Event: Sendable {
    /// What the store held when this sink started, each partition once; before all other events, in
    /// as many batches as suits.
    case recovered([Recovered])
    /// A worker's message: one item for each partition in it; `token` stands for the bytes. Tokens
    /// count up.
    case results(token: UInt64, worker: NodeIncarnation, [Item])
    /// Everything stored up to and including this token's results is as durable as was asked for.
    case persisted(token: UInt64)
    /// The store cannot take results.
    case storeFailed(Failure)
    case roster(Roster)
    /// The output stands complete at its place.
    case outputWritten(rows: UInt64, bytes: UInt64)
    case outputFailed(Failure)
  }

  /// What is to be done.
  package enum Action: Sendable, Equatable {
    /// Store the results of the items at these positions of the token's message.
    case store(token: UInt64, items: Range<Int>)
    /// All items of the token's message were looked at: make what was stored durable.
    case persist(token: UInt64)
    /// Receipts are to go to this ventilator or supervisor too, which binds this endpoint.
    case connect(NodeIncarnation, endpoint: String)
    /// Tell a peer, before any receipt and now and then again, all partitions whose results are
    /// durable.
    case announce(to: NodeIncarnation, PartitionBitmap)
    /// Nothing goes to this peer any more.
    case disconnect(NodeIncarnation)
    /// Send receipts, all for attempts of one worker, to all connected peers.
    case receipts(worker: NodeIncarnation, [Receipt])
    /// A copy differs from what is stored.
    case differs(PartitionID, stored: UInt64, later: UInt64, worker: NodeIncarnation)
    /// All partitions are stored but those in `without`, which stand in ascending order and which the
    /// result goes without: write the output. Nothing is stored after it.
    case complete(partitions: UInt32, without: [UInt32])
    /// The message is not acceptable: forget it.
    case reject(token: UInt64, worker: NodeIncarnation, reason: String)
    /// The run is over: leave.
    case leave
  }

  /// Receipts that wait for their results to be durable.
  struct Unanswered: Sendable {
    var token: UInt64
    var worker: NodeIncarnation
    var receipts: [Receipt]
  }

  /// A ventilator or supervisor that receipts go to.
  struct Peer: Sendable, Equatable {
    var node: NodeIncarnation
    var endpoint: String
  }

  package let identity: NodeIncarnation
  package let run: RunID
  package let stage: UInt32
  /// No result of a partition beyond so many is taken, also before the ventilator has cut them all.
  let maximumPartitions: UInt32
  package internal(set) var phase = Beat.Phase.working
  package internal(set) var progress = Beat.Progress()
  /// Sum of ``Counts/outputRows``.
  package internal(set) var outputRows: UInt64 = 0
  /// Whether the sink has seen itself in the latest roster.
  package internal(set) var isJoined = false
  var stored = PartitionBitmap()
  var digests = DigestTable()
  var unanswered: Deque<Unanswered> = []
  /// In ascending order of id.
  var peers: [Peer] = []
  var rosters = RosterFilter()
  /// When the word was last repeated.
  var lastWord: Instant?
  var total: UInt32?
  /// Partitions that the output goes without, once it is being written.
  var completedWithout: [UInt32]?
  private var hasStarted = false
  private var hasLeft = false

  #if PLANTED_FAULTS
  /// The defect that a test asks for.
  package var planted: PlantedFault? {
    didSet { rosters.planted = planted }
  }
  #endif

  /// How far ahead of the highest index seen a partition's index may be; beyond it the message is
  /// rejected, which bounds the memory a faulty peer can claim.
  package static let indexWindow: UInt64 = 1 << 24

  /// The word is repeated after so many of the rosters' intervals: what a connection that broke took
  /// with it is made good.
  package static let wordIntervals: Int64 = 8

  /// A sink of one stage of this run that has nothing yet.
  package init(
    identity: NodeIncarnation, run: RunID, stage: UInt32, maximumPartitions: UInt32 = .max
  ) {
    self.identity = identity
    self.run = run
    self.stage = stage
    self.maximumPartitions = maximumPartitions
  }

  /// Partitions stored.
  package var storedCount: Int { stored.count }

  /// Takes in one event and says what is to be done.
  package mutating func handle(
    _ event: Event, at now: Instant, into actions: inout Actions<Action>
  ) {
    if hasLeft { return }
    if case .recovered(let found) = event {
      precondition(!hasStarted, "what was stored before comes before all else")
      recover(found)
      return
    }
    hasStarted = true
    switch event {
    case .recovered: break
    case .results(let token, let worker, let items):
      take(items, token: token, worker: worker, into: &actions)
    case .persisted(let token):
      answer(through: token, into: &actions)
    case .storeFailed(let failure), .outputFailed(let failure):
      phase = .failed(failure)
    case .roster(let roster):
      take(roster, at: now, into: &actions)
    case .outputWritten(let rows, let bytes):
      precondition(
        completedWithout != nil, "an output was written before all partitions were stored")
      phase = .finished(rows: rows, bytes: bytes)
    }
    completeIfAllStored(into: &actions)
  }

  private mutating func answer(through token: UInt64, into actions: inout Actions<Action>) {
    while let entry = unanswered.first, entry.token <= token {
      unanswered.removeFirst()
      actions.append(.receipts(worker: entry.worker, entry.receipts))
    }
  }

  private mutating func take(
    _ roster: Roster, at now: Instant, into actions: inout Actions<Action>
  ) {
    guard rosters.accepts(roster) else { return }
    guard roster.run.phase == .running, roster.run.id == run else {
      hasLeft = true
      actions.append(.leave)
      return
    }
    isJoined = roster.member(identity.node)?.node == identity
    if let total = roster.run.total { learn(total) }
    follow(roster.members, into: &actions)
    repeatWord(every: roster.interval * Self.wordIntervals, at: now, into: &actions)
  }

  private mutating func learn(_ total: UInt32) {
    guard completedWithout == nil else { return }
    self.total = total
    // Only a faulty peer sends such a result. Counted as one of the run's it would stand in for a
    // partition that is missing.
    guard let highest = stored.highest, highest >= total, case .working = phase else { return }
    phase = .failed(
      Failure(
        .operating,
        "a result for partition \(highest) was stored, but the run has only \(total) "
          + "partitions; check that all workers run the same version, and run again"))
  }

  private mutating func completeIfAllStored(into actions: inout Actions<Action>) {
    guard let total, completedWithout == nil, !hasLeft, unanswered.isEmpty, case .working = phase,
      let without = missing(of: total)
    else { return }
    completedWithout = without
    actions.append(.complete(partitions: total, without: without))
  }

  /// The partitions that the result goes without, in ascending order, or `nil` while there are others
  /// that are not stored.
  private func missing(of total: UInt32) -> [UInt32]? {
    #if PLANTED_FAULTS
    if planted == .completedTooEarly, stored.count + 1 == Int(total) { return [] }
    #endif
    guard let quarantined = rosters.last?.run.quarantined,
      stored.count + quarantined.count >= Int(total)
    else { return nil }
    var without: [UInt32] = []
    for index in quarantined where index < total && !stored.contains(index) {
      if without.last.map({ $0 < index }) ?? true { without.append(index) }
    }
    return stored.count + without.count == Int(total) ? without : nil
  }
}
