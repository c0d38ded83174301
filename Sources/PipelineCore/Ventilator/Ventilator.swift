import DequeModule
import OrderedCollections

/// Decides which partition goes to which worker, and when again.
///
/// Every partition cut that is not settled is in exactly one place: pending, a suspect that waits to
/// be sent alone, waiting out a back-off, or leased, by two lanes at most. It is settled when the sink
/// has stored it or when it is in quarantine; then it may still hold a lease, so that credit is given
/// back exactly when the receipt of that very attempt arrives.
package struct Ventilator: Sendable {
  /// What happened.
  package enum Event: Sendable {
    case roster(Roster)
    /// A sink's word: all partitions whose results it has in its durable store.
    case stored(PartitionBitmap, by: NodeIncarnation)
    /// The partitions that follow those cut so far, by their size in bytes; may be empty.
    case cut([Int])
    /// There are no more partitions than those cut so far.
    case exhausted
    /// The source cannot be cut further.
    case sourceFailed(Failure)
    /// What was to be sent to a worker could not be read, and nothing of it was sent.
    case sendFailed(NodeIncarnation, [Grant], Failure)
    /// The word of a sink on attempts.
    case receipts([Receipt], from: NodeIncarnation)
    /// An order of this supervisor. Heeded while rosters are of that one.
    case order(Order, from: NodeIncarnation)
    /// The connection stands that the last ``Action/openLane(_:endpoint:)`` or
    /// ``Action/reopenLane(_:endpoint:)`` for this worker asked for.
    case laneConnected(NodeIncarnation)
    /// Time has passed.
    case tick
  }

  /// What is to be done.
  package enum Action: Sendable, Equatable {
    /// Cut at most this many partitions and answer with ``Event/cut(_:)``.
    case cut(atMost: Int)
    /// Connect to the worker and send it the stage; partitions may follow at once.
    case openLane(NodeIncarnation, endpoint: String)
    /// What the lane held is lost or answered: connect to the worker anew and send it the stage
    /// again.
    case reopenLane(NodeIncarnation, endpoint: String)
    /// Send these partitions to the worker in one message.
    case send(NodeIncarnation, [Grant])
    /// Tell the worker that it need not begin these; what is lost on the way is computed in vain.
    case recall(NodeIncarnation, [Recall])
    /// Nothing goes to this worker any more.
    case closeLane(NodeIncarnation)
    /// The partitions are stored: what is kept to send them again can go.
    case release(ClosedRange<UInt32>)
    /// The partition failed too often: keep its bytes for people to look at. Comes once for each.
    case quarantine(Quarantined)
    /// The run is over: leave.
    case leave
  }

  /// One partition sent, with the number of the attempt, from 1.
  package struct Grant: Sendable, Equatable {
    package var index: UInt32
    package var attempt: UInt16

    package init(index: UInt32, attempt: UInt16) {
      self.index = index
      self.attempt = attempt
    }
  }

  /// A partition without a lease.
  struct Pending: Sendable {
    var index: UInt32
    /// Bytes.
    var size: Int
    /// The node of the last failed attempt.
    var avoiding: NodeID?
    /// Whether a worker died while it was perhaps under way: it is sent alone from then on.
    var isSuspect = false
    /// Attempts begun so far.
    var attempt: UInt16 = 0
    /// Attempts that failed or died under it.
    var charged: UInt16 = 0
  }

  /// A partition that failed and waits for its next attempt.
  struct Delayed: Sendable {
    var due: Instant
    var pending: Pending
  }

  package let identity: NodeIncarnation
  package let run: RunID
  package let stage: UInt32
  package let configuration: VentilatorConfiguration
  package internal(set) var phase = Beat.Phase.working
  /// Whether this incarnation has seen itself in the latest roster.
  package internal(set) var isJoined = false
  /// Partitions cut so far.
  package internal(set) var cutCount: UInt32 = 0
  package internal(set) var cutBytes: UInt64 = 0
  package internal(set) var isExhausted = false
  /// What was taken back from the dead, the latest last.
  package internal(set) var evictions: [Beat.Eviction] = []
  /// What failed too often and is not stored, in ascending order of partition.
  package internal(set) var quarantined: [Quarantined] = []
  /// Workers whose lane does not get connected, at most ``Beat/maximumUnreachable``. They get nothing
  /// until it is.
  package internal(set) var unreachable: [NodeIncarnation] = []
  /// Attempts begun while another one of the same partition was under way.
  package internal(set) var secondAttempts: UInt64 = 0
  #if PLANTED_FAULTS
  /// The defect that this machine has, for tests of the simulator.
  package var planted: PlantedFault?
  #endif

  /// Stored by the sink; also partitions that are not cut yet.
  var stored = PartitionBitmap()
  /// The indexes of ``quarantined``.
  var aside = PartitionBitmap()
  /// All partitions before this one are settled.
  var settledPrefix: UInt32 = 0
  var pending: Deque<Pending> = []
  /// Partitions that are sent alone.
  var suspects: Deque<Pending> = []
  /// Ascending by due time.
  var delayed: Deque<Delayed> = []
  var lanes: OrderedDictionary<NodeIncarnation, Lane> = [:]
  var leases = PartitionTable<Lease>()
  /// The later attempt of a partition that has two under way.
  var seconds: [UInt32: SecondLease] = [:]
  var pace = WorkPace()
  /// Incarnations that were evicted, the latest ``maximumEvicted``.
  var evicted: OrderedSet<NodeIncarnation> = []
  var rosters = RosterFilter()
  var sinks = SinkTrack()
  var earlyOrders = EarlyOrders()
  /// The final failure of the lowest partition so far. It ends the run when all lower ones are
  /// settled, so that a run fails with the same words whoever is faster.
  var finalFailure: FinalFailure?
  var isCutting = false
  var isCancelled = false
  var hasLeft = false
  /// Whether a lane is kept free for a suspect.
  var hasReservedLane = false
  /// Position in ``lanes`` after the lane that was served last, for round-robin.
  var nextLane = 0
  /// Position in ``lanes`` of the lane that was answered last, if it is still there.
  var lastLane = 0
  /// When the last event came: what was due by then is done, or waits for something else than time.
  var lastEvent: Instant

  /// At most this many evicted incarnations are remembered, the latest.
  package static let maximumEvicted = Supervisor.maximumVoid

  /// A ventilator of one stage of this run with nothing cut and no lanes.
  package init(
    identity: NodeIncarnation, run: RunID, stage: UInt32, configuration: VentilatorConfiguration,
    at now: Instant
  ) {
    self.identity = identity
    self.run = run
    self.stage = stage
    self.configuration = configuration
    lastEvent = now
  }

  /// Partitions whose results are stored, also ones that are not cut yet.
  package var storedCount: Int { stored.count }
  /// Attempts under way.
  package var leasedCount: Int { leases.count + seconds.count }
  /// Whether everything is cut and either stored or in quarantine.
  package var isDone: Bool { isExhausted && settledPrefix == cutCount }
  /// What a beat says of this ventilator's progress.
  package var progress: Beat.Progress {
    Beat.Progress(
      partitions: UInt64(cutCount), bytes: cutBytes, secondAttempts: secondAttempts)
  }

  /// Takes in one event and says what is to be done.
  package mutating func handle(
    _ event: Event, at now: Instant, into actions: inout Actions<Action>
  ) {
    takeIn(event, at: now, into: &actions)
    act(at: now, into: &actions)
  }

  /// Takes in events that came together, and says what is to be done after all of them: what one
  /// dead worker held is not sent to another of whose death the next event tells.
  package mutating func handle(
    _ events: [Event], at now: Instant, into actions: inout Actions<Action>
  ) {
    for event in events { takeIn(event, at: now, into: &actions) }
    act(at: now, into: &actions)
  }

  private mutating func takeIn(
    _ event: Event, at now: Instant, into actions: inout Actions<Action>
  ) {
    if hasLeft { return }
    lastEvent = now
    if case .roster(let roster) = event { take(roster, at: now, into: &actions) }
    if isCancelled || hasLeft { return }
    switch event {
    case .roster: break
    case .stored(let bitmap, let sink): take(bitmap, of: sink, into: &actions)
    case .cut(let sizes): take(sizes, into: &actions)
    case .exhausted: finishCutting()
    case .sourceFailed(let failure):
      isCutting = false
      noteFinal(failure, of: cutCount)
    case .sendFailed(let worker, let grants, let failure):
      for grant in grants { _ = endLease(grant, of: worker, at: now) }
      if let first = grants.map(\.index).min() { noteFinal(failure, of: first) }
    case .receipts(let receipts, let sink):
      take(receipts, from: sink, at: now, into: &actions)
    case .order(let order, let supervisor):
      take(order, from: supervisor, into: &actions)
    case .laneConnected(let worker): noteConnected(worker)
    case .tick: break
    }
  }

  /// Obeys an order of the supervisor whose rosters are obeyed. One whose first roster is still on its
  /// way may have given an order already; what comes from another is of the past.
  private mutating func take(
    _ order: Order, from supervisor: NodeIncarnation, into actions: inout Actions<Action>
  ) {
    guard rosters.last?.supervisor == supervisor else {
      if !rosters.isPast(supervisor) { earlyOrders.keep(order, of: supervisor) }
      return
    }
    obey(order, into: &actions)
  }

  mutating func obey(_ order: Order, into actions: inout Actions<Action>) {
    switch order {
    case .evict(let worker, let suspect):
      evict(worker, charging: .underWay(suspect), into: &actions)
    case .release(let worker): evict(worker, charging: .nothing, into: &actions)
    case .cancel: cancel(into: &actions)
    }
  }

  /// Does what the events so far allow.
  private mutating func act(at now: Instant, into actions: inout Actions<Action>) {
    if isCancelled || hasLeft { return }
    releaseDelayed(at: now)
    dispatch(at: now, into: &actions)
    concludeFinalFailure()
    concludeQuarantine()
    requestCut(into: &actions)
  }

  /// When the next ``Event/tick`` is needed, or `nil` when only other events can change anything.
  package var nextTick: Instant? {
    if isCancelled || hasLeft { return nil }
    return [nextStraggler, nextRecall, delayed.first?.due].lazy.compactMap(\.self).min()
  }

  private mutating func cancel(into actions: inout Actions<Action>) {
    isCancelled = true
    for worker in lanes.keys { actions.append(.closeLane(worker)) }
    lanes.removeAll()
    leases.removeAll()
    seconds.removeAll()
    pending.removeAll()
    suspects.removeAll()
    delayed.removeAll()
    unreachable.removeAll()
  }
}
