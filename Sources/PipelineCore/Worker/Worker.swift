import DequeModule

/// Decides what a worker process does: which partitions it computes, where results go, when it
/// counts as joined, when its incarnation is void and when it leaves.
package struct Worker: Sendable {
  /// What happened.
  package enum Event: Sendable {
    case roster(Roster)
    /// Partitions came on the lane, in order; `token` stands for their bytes.
    case pack(Pack)
    /// The results of a pack are ready to be sent.
    case computed(token: UInt64)
    /// Time has passed; comes at least every ``Worker/longestTick`` while the process runs.
    case tick
    /// The process that started this one is gone.
    case parentDied
    /// Somebody wants the worker to end: what is under way is finished and sent, no more is begun.
    case drain
  }

  /// What is to be done.
  package enum Action: Sendable, Equatable {
    /// Process a pack; one at a time.
    case compute(token: UInt64)
    /// Send a pack's results to the sink.
    case send(token: UInt64)
    /// Forget a pack.
    case drop(token: UInt64, DropReason)
    case connectSink(NodeIncarnation, endpoint: String)
    case disconnectSink(NodeIncarnation)
    /// This incarnation is void: stop what it does and start a new one.
    case startAnew
    /// End the process.
    case leave(LeaveReason)
  }

  /// Why a pack is not processed.
  package enum DropReason: Sendable, Equatable {
    /// It was meant for another incarnation or another run.
    case notOurs
    /// The run is over.
    case runEnded
    /// The worker was told to end and begins nothing more.
    case draining
  }

  /// Why the worker ends.
  package enum LeaveReason: Sendable, Equatable {
    case runFinished
    case runAbandoned
    /// Nothing was heard from the supervisor for this long.
    case supervisorSilent(Span)
    case parentDied
    /// A supervisor tells of this run, which is not the worker's own; ``RunID/none`` is to wait for one.
    case otherRun(RunID)
    /// It was told to end, and has sent what it had begun.
    case drained
  }

  /// A pack that was received and not answered.
  struct Held: Sendable {
    var token: UInt64
    var sender: NodeIncarnation
    var partitions: Int
  }

  /// Where results go.
  struct ConnectedSink: Sendable, Equatable {
    var node: NodeIncarnation
    var endpoint: String
  }

  package private(set) var identity: NodeIncarnation
  /// The run that the worker takes part in; `nil` while that is what the first roster tells of. Beats
  /// say ``RunID/none`` then.
  package internal(set) var run: RunID?
  /// Whether the worker was told to end; beats say so.
  package internal(set) var isDraining = false
  package internal(set) var isJoined = false
  /// Packs waiting, first to be computed first.
  var waiting: Deque<Held> = []
  var computing: Held?
  /// Packs computed while no sink was known.
  var unsent: Deque<Held> = []
  var sink: ConnectedSink?
  var rosters = RosterFilter()
  /// The ventilator that rosters list, or listed last.
  var ventilator: NodeIncarnation?
  /// Ventilators that another followed, the latest ``maximumPastVentilators``.
  var pastVentilators: Deque<NodeIncarnation> = []
  var lastHeard: Instant
  var lastTick: Instant
  /// Since when rosters have come that do not list this incarnation.
  var unlistedSince: Instant?
  var hasLeft = false
  /// Whether the worker has left because it was told to.
  var hasDrained = false
  /// Since when a worker that is to end holds results that no sink takes, and nothing else.
  var stuckSince: Instant?
  /// Whether the end of the run is waited out rather than left at.
  let staysAfterRun: Bool
  /// How long a silent supervisor is waited for, by a worker that does not stay after its run.
  let patience: Span

  #if PLANTED_FAULTS
  /// The defect that a test asks for.
  package var planted: PlantedFault? {
    didSet { rosters.planted = planted }
  }
  #endif

  /// A worker that has joined nothing yet.
  ///
  /// - Parameters:
  ///   - run: the run to take part in; `nil`: that of the first roster.
  ///   - staysAfterRun: whether the worker drops everything when its run is over and leaves as soon as
  ///     a roster tells of another one; else it leaves at once. Such a worker waits for a supervisor
  ///     that is silent as long as it takes.
  ///   - patience: how long any other worker waits for a supervisor that is silent.
  package init(
    identity: NodeIncarnation, run: RunID?, staysAfterRun: Bool, patience: Span, at now: Instant
  ) {
    self.identity = identity
    self.run = run
    self.staysAfterRun = staysAfterRun
    self.patience = patience
    lastHeard = now
    lastTick = now
  }

  /// Takes in one event and says what is to be done.
  package mutating func handle(
    _ event: Event, at now: Instant, into actions: inout Actions<Action>
  ) {
    if hasLeft { return }
    switch event {
    case .roster(let roster): take(roster, at: now, into: &actions)
    case .pack(let pack): take(pack, into: &actions)
    case .computed(let token): finish(token, into: &actions)
    case .tick: checkSilence(at: now, into: &actions)
    case .parentDied: leave(.parentDied, into: &actions)
    case .drain: drain(into: &actions)
    }
    if isDraining { concludeDrain(at: now, into: &actions) }
    startNext(into: &actions)
  }

  /// Goes on as another incarnation of the same node; the answer to ``Action/startAnew``.
  package mutating func restart(as incarnation: Incarnation, at now: Instant) {
    precondition(incarnation != identity.incarnation)
    identity.incarnation = incarnation
    isJoined = false
    unlistedSince = nil
    lastHeard = now
  }

  /// Whether the results of this pack wait to be sent.
  package func keeps(_ token: UInt64) -> Bool { unsent.contains { $0.token == token } }

  /// Whether the run is over and the worker waits for another.
  package var isOver: Bool {
    switch rosters.last?.run.phase {
    case .finished, .abandoned: true
    case .running, .idle, nil: false
    }
  }

  /// Packs held in any state.
  package var heldCount: Int { waiting.count + unsent.count + (computing == nil ? 0 : 1) }

  /// Partitions received and not answered: those of the packs held in any state.
  package private(set) var heldPartitions = 0

  private mutating func take(_ pack: Pack, into actions: inout Actions<Action>) {
    guard isOurs(pack) else {
      actions.append(.drop(token: pack.token, .notOurs))
      return
    }
    if isOver || isDraining {
      actions.append(.drop(token: pack.token, isOver ? .runEnded : .draining))
      return
    }
    waiting.append(Held(token: pack.token, sender: pack.sender, partitions: pack.partitions))
    heldPartitions += pack.partitions
  }

  private func isOurs(_ pack: Pack) -> Bool {
    var isForMe = pack.subject == identity
    #if PLANTED_FAULTS
    if planted == .staleIncarnationAccepted { isForMe = true }
    #endif
    return isForMe && pack.hasStage && !pastVentilators.contains(pack.sender) && pack.run == run
  }

  private mutating func finish(_ token: UInt64, into actions: inout Actions<Action>) {
    // A pack that a void incarnation left behind was dropped already.
    guard let pack = computing, pack.token == token else { return }
    computing = nil
    if sink == nil {
      unsent.append(pack)
    } else {
      heldPartitions -= pack.partitions
      actions.append(.send(token: token))
    }
  }

  private mutating func startNext(into actions: inout Actions<Action>) {
    guard !hasLeft, computing == nil, let next = waiting.popFirst() else { return }
    computing = next
    actions.append(.compute(token: next.token))
  }

  private mutating func checkSilence(at now: Instant, into actions: inout Actions<Action>) {
    // Time in which this process itself did not run says nothing about the supervisor.
    let slept = now - lastTick
    lastTick = now
    if slept > Self.longestTick { lastHeard = min(lastHeard + slept, now) }
    let silence = now - lastHeard
    if silence > patience, !staysAfterRun { leave(.supervisorSilent(silence), into: &actions) }
  }

  mutating func leave(_ reason: LeaveReason, into actions: inout Actions<Action>) {
    dropAll(.runEnded, into: &actions)
    hasLeft = true
    actions.append(.leave(reason))
  }

  mutating func dropAll(_ reason: DropReason, into actions: inout Actions<Action>) {
    for pack in waiting { actions.append(.drop(token: pack.token, reason)) }
    for pack in unsent { actions.append(.drop(token: pack.token, reason)) }
    if let computing { actions.append(.drop(token: computing.token, reason)) }
    waiting.removeAll()
    unsent.removeAll()
    computing = nil
    heldPartitions = 0
  }

  /// Drops the packs that wait, or those of them that this ventilator sent.
  mutating func dropWaiting(
    of sender: NodeIncarnation? = nil, _ reason: DropReason, into actions: inout Actions<Action>
  ) {
    for pack in waiting where sender == nil || pack.sender == sender {
      actions.append(.drop(token: pack.token, reason))
      heldPartitions -= pack.partitions
    }
    waiting.removeAll { sender == nil || $0.sender == sender }
  }

  /// Sends what was computed while no sink was known.
  mutating func sendUnsent(into actions: inout Actions<Action>) {
    while let pack = unsent.popFirst() {
      heldPartitions -= pack.partitions
      actions.append(.send(token: pack.token))
    }
  }

  /// Ticks come at least this often while the process runs.
  package static let longestTick = Span.seconds(1)

  /// An incarnation that rosters have not listed for this many of their intervals holds itself for
  /// void: it may have been evicted before it saw itself listed for the first time.
  package static let unlistedIntervals: Int64 = 8

  /// At most this many ventilators of the past are remembered, the latest.
  package static let maximumPastVentilators = 64
}
