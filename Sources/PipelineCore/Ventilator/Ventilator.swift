import DequeModule
import OrderedCollections

/// Decides which partition goes to which worker, and when again.
///
/// Every partition cut is in exactly one place: pending, waiting out a back-off, leased to a lane,
/// or stored. A stored one may still hold its lease, so that credit is given back exactly when the
/// receipt of that very attempt arrives.
package struct Ventilator: Sendable {
  /// What happened.
  package enum Event: Sendable {
    /// The lane to a live worker is connected and knows the stage.
    case laneOpened(NodeIncarnation)
    /// The partitions that follow those cut so far, by their size in bytes; may be empty.
    case cut([Int])
    /// There are no more partitions than those cut so far.
    case exhausted
    /// The source cannot be cut further.
    case sourceFailed(Failure)
    /// What was to be sent to a worker could not be read, and nothing of it was sent.
    case sendFailed(NodeIncarnation, [Grant], Failure)
    case receipts([Receipt])
    case order(Order)
    /// Time has passed.
    case tick
  }

  /// What is to be done.
  package enum Action: Sendable, Equatable {
    /// Cut at most this many partitions and answer with ``Event/cut(_:)``.
    case cut(atMost: Int)
    /// Send these partitions to the worker in one message.
    case send(NodeIncarnation, [Grant])
    /// Nothing goes to this worker any more.
    case closeLane(NodeIncarnation)
    /// The partition is stored: what is kept to send it again can go.
    case release(UInt32)
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
    /// Attempts begun so far.
    var attempt: UInt16
    /// Attempts that failed or died under it.
    var charged: UInt16
    /// The node of the last failed attempt.
    var avoiding: NodeID?
  }

  /// A partition that failed and waits for its next attempt.
  struct Delayed: Sendable {
    var due: Instant
    var pending: Pending
  }

  package let configuration: VentilatorConfiguration
  package let stage: UInt32
  package internal(set) var phase = Beat.Phase.working
  /// Partitions cut so far.
  package internal(set) var cutCount: UInt32 = 0
  package internal(set) var cutBytes: UInt64 = 0
  package internal(set) var isExhausted = false
  /// What was taken back from the dead, the latest last.
  package internal(set) var evictions: [Beat.Eviction] = []
  var stored = PartitionBitmap()
  /// All partitions before this one are stored.
  var storedPrefix: UInt32 = 0
  var pending: Deque<Pending> = []
  /// Ascending by due time.
  var delayed: [Delayed] = []
  var lanes: OrderedDictionary<NodeIncarnation, Lane> = [:]
  var leases: [UInt32: Lease] = [:]
  /// Incarnations that were evicted, the latest ``maximumEvicted``.
  var evicted: OrderedSet<NodeIncarnation> = []
  /// The final failure of the lowest partition so far. It ends the run when all lower ones are
  /// settled, so that a run fails with the same words whoever is faster.
  var finalFailure: FinalFailure?
  var isCutting = false
  var isCancelled = false
  /// Position in ``lanes`` after the lane that was served last, for round-robin.
  var nextLane = 0

  /// At most this many evicted incarnations are remembered, the latest.
  package static let maximumEvicted = 4096

  /// A ventilator of one stage with nothing cut and no lanes.
  package init(stage: UInt32, configuration: VentilatorConfiguration) {
    self.stage = stage
    self.configuration = configuration
  }

  /// Partitions whose results are stored.
  package var storedCount: Int { stored.count }
  /// Partitions under way.
  package var leasedCount: Int { leases.count }
  /// Whether everything is cut and stored.
  package var isDone: Bool { isExhausted && stored.count == Int(cutCount) }

  /// Takes in one event and says what is to be done.
  package mutating func handle(
    _ event: Event, at now: Instant, into actions: inout Actions<Action>
  ) {
    if isCancelled { return }
    switch event {
    case .laneOpened(let worker):
      open(worker, at: now, into: &actions)
    case .cut(let sizes):
      take(sizes)
    case .exhausted:
      isExhausted = true
      isCutting = false
      if case .working = phase { phase = .exhausted(partitions: cutCount) }
    case .sourceFailed(let failure):
      isCutting = false
      noteFinal(failure, of: cutCount)
    case .sendFailed(let worker, let grants, let failure):
      for grant in grants {
        _ = endLease(grant.index, attempt: grant.attempt, holder: worker, at: now)
      }
      if let first = grants.map(\.index).min() { noteFinal(failure, of: first) }
    case .receipts(let receipts):
      for receipt in receipts { settle(receipt, at: now, into: &actions) }
    case .order(.evict(let worker)):
      evict(worker, into: &actions)
    case .order(.drain(let worker)):
      lanes[worker]?.isDraining = true
    case .order(.cancel):
      cancel(into: &actions)
      return
    case .tick:
      releaseDelayed(at: now)
    }
    dispatch(at: now, into: &actions)
    concludeFinalFailure()
    requestCut(into: &actions)
  }

  /// When the next ``Event/tick`` is needed, or `nil` when only other events can change anything.
  package var nextTick: Instant? { delayed.first?.due }

  private mutating func open(
    _ worker: NodeIncarnation, at now: Instant, into actions: inout Actions<Action>
  ) {
    // Rosters and orders come on channels of their own: a roster that still lists a worker may come
    // after the order to evict it, and what was sent to it then would never be taken back.
    if evicted.contains(worker) {
      actions.append(.closeLane(worker))
    } else if lanes[worker] == nil {
      lanes[worker] = Lane(openedAt: now)
    }
  }

  private mutating func take(_ sizes: [Int]) {
    isCutting = false
    for size in sizes {
      guard cutCount < UInt32.max else {
        fail(
          Failure(
            .configuration,
            "the source has more than \(UInt32.max) partitions; choose a larger partition"))
        return
      }
      pending.append(Pending(index: cutCount, size: size, attempt: 0, charged: 0, avoiding: nil))
      cutCount += 1
      cutBytes += UInt64(size)
    }
  }

  private mutating func cancel(into actions: inout Actions<Action>) {
    isCancelled = true
    for worker in lanes.keys { actions.append(.closeLane(worker)) }
    lanes.removeAll()
    leases.removeAll()
    pending.removeAll()
    delayed.removeAll()
  }

  private mutating func requestCut(into actions: inout Actions<Action>) {
    if case .failed = phase { return }
    guard !isCutting, !isExhausted, finalFailure == nil, !lanes.isEmpty else { return }
    var wanted = 2
    for lane in lanes.values { wanted += max(0, lane.window - lane.leased) }
    let ahead = configuration.aheadPartitions - Int(cutCount - storedPrefix)
    guard pending.count < wanted, ahead > 0 else { return }
    isCutting = true
    actions.append(.cut(atMost: min(wanted - pending.count, ahead, 65_536)))
  }
}
