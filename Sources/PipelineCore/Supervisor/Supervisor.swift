import DequeModule
import OrderedCollections

/// Watches who is alive, tells everybody the roster, has the leases of the dead re-queued, and
/// decides when the run has ended.
///
/// It lists the nodes that say they take part in its run, and no others. One whose run is
/// ``RunID/none`` is idle: it lists those that wait for a run, tells them to go on waiting, and heeds
/// nothing else.
///
/// A supervisor that starts anew learns all of it again: members from beats, how far the run is from
/// the beats of ventilator and sink, what is stored from the sink's word.
package struct Supervisor: Sendable {
  /// What happened.
  package enum Event: Sendable {
    case beat(Beat)
    /// A local child was told to start as this node.
    case childStarted(NodeID, name: String)
    case childExited(NodeID, ExitCause)
    /// A sink's word: all partitions whose results it holds durably; comes before its receipts.
    case stored(PartitionBitmap, by: NodeIncarnation)
    /// Receipts of this sink. Those of a sink that is not listed, or whose word did not come, are not
    /// counted.
    case receipts([Receipt], from: NodeIncarnation)
    /// Somebody wants the run to end.
    case cancel(Failure)
    /// The key that this node had is not to be trusted any more.
    case revoked(NodeIncarnation)
    case tick
  }

  /// What is to be done.
  package enum Action: Sendable, Equatable {
    case publish(Roster)
    case order(Order)
    case report(RunEvent)
    case ended(Outcome)
    /// Start a local child again as this node; answer with ``Event/childStarted(_:name:)``.
    case startChild(NodeID, name: String)
    /// End the local child's process with SIGKILL; its end comes as ``Event/childExited(_:_:)``.
    case killChild(NodeID)
  }

  /// How a run ended.
  package enum Outcome: Sendable, Equatable {
    case finished(rows: UInt64, bytes: UInt64)
    case failed(Failure)
  }

  struct Member: Sendable {
    var beat: Beat
  }

  /// The last that was heard of a node that fell silent.
  struct Lapsed: Sendable {
    var node: NodeIncarnation
    var sequence: UInt64
  }

  /// A process that was refused.
  struct Stranger: Hashable, Sendable {
    var node: NodeID
    var host: String
    var processID: Int32
  }

  package let configuration: Configuration
  let identity: NodeIncarnation
  package let run: RunID
  package private(set) var outcome: Outcome?
  package internal(set) var members: [Roster.Member] = []
  var nodes: [NodeID: Member] = [:]
  /// The live nodes that do another part than a worker's, in ascending order of id: few, of many.
  var coordinators: [NodeID] = []
  /// The number of workers alive.
  package internal(set) var liveWorkers = 0
  var children: OrderedDictionary<NodeID, Child> = [:]
  /// Incarnations that were declared dead; they may not come back.
  var void: OrderedSet<NodeIncarnation> = []
  /// Nodes that fell silent and may come back as they were, because nobody took their place: all but
  /// workers.
  var lapsed: OrderedDictionary<NodeID, Lapsed> = [:]
  var names: [NodeIncarnation: String] = [:]
  var reportedRequeues: OrderedSet<NodeIncarnation> = []
  /// Workers that a ventilator could not reach; each is reported once.
  var reportedUnreachable: OrderedSet<NodeIncarnation> = []
  /// Workers that the ventilator cannot reach now.
  var unreachable: [NodeIncarnation] = []
  /// Processes that used the id of another that is alive; each is reported once.
  var refused: OrderedSet<Stranger> = []
  /// The last beat of a process that wants the id of another one which was heard before it.
  var contenders: OrderedDictionary<NodeID, Beat> = [:]
  var liveness: Liveness
  /// Rosters published so far.
  package internal(set) var sequence: UInt64 = 0
  /// Partitions in all, once the ventilator has cut the whole source.
  package internal(set) var total: UInt32?
  var sinks = SinkTrack()
  /// Partitions whose results are stored, by the sink's word and its receipts.
  var stored = PartitionBitmap()
  /// What the ventilator gave up, in ascending order; at most ``Beat/maximumQuarantined``.
  var givenUp: [Quarantined] = []
  var reportedQuarantines: OrderedSet<PartitionID> = []
  /// When the roster is published whether anybody wants it or not.
  var nextRoster: Instant
  /// Whether somebody is to hear of a roster before that.
  var isRosterWanted = false
  /// When patience is to be looked at next, whatever is published in between.
  var nextCheck: Instant
  var absences: [Absence]
  var nextLonelyReport: Instant?
  /// Beats that came after a later one of the same incarnation: nobody sends such, but somebody may send
  /// again what it has heard.
  package internal(set) var lateBeats: UInt64 = 0

  #if PLANTED_FAULTS
  /// The defect that a test asks for.
  package var planted: PlantedFault?
  #endif

  /// At most this many void incarnations are remembered, the latest; as many of each other memory of
  /// nodes. No roster lists more, so that all nodes may be lost at once.
  package static let maximumVoid = 20_000

  /// A supervisor of this run that has heard nobody.
  ///
  /// - Parameters:
  ///   - identity: an incarnation of its own for each run, since it counts its rosters from 1.
  ///   - run: ``RunID/none`` while there is no run.
  package init(
    identity: NodeIncarnation, run: RunID, configuration: Configuration, at now: Instant
  ) {
    self.identity = identity
    self.run = run
    self.configuration = configuration
    liveness = Liveness(missed: configuration.missed)
    nextRoster = now
    nextCheck = now
    absences = Absence.ofAllRoles(since: now)
  }

  /// Takes in one event and says what is to be done.
  package mutating func handle(
    _ event: Event, at now: Instant, into actions: inout Actions<Action>
  ) {
    switch event {
    case .beat(let beat): take(beat, at: now, into: &actions)
    case .childStarted(let node, let name): welcomeChild(node, name: name, at: now)
    case .childExited(let node, let cause): buryChild(node, cause, at: now, into: &actions)
    case .stored(let partitions, let sink): take(partitions, by: sink)
    case .receipts(let receipts, let sink):
      take(receipts, from: sink, at: now, into: &actions)
    case .cancel(let failure): end(.failed(failure), at: now, into: &actions)
    case .revoked(let node): lose(node, .revoked, at: now, into: &actions)
    case .tick: tick(at: now, into: &actions)
    }
    publishIfWanted(at: now, into: &actions)
  }

  /// When the next ``Event/tick`` is needed.
  package var nextTick: Instant {
    var next = min(isRosterWanted ? earliestRoster : nextRoster, nextCheck)
    if let deadline = liveness.nextDeadline { next = min(next, deadline) }
    guard outcome == nil else { return next }
    for child in children.values {
      if let due = child.due { next = min(next, due) }
      if let due = replacementDue(of: child) { next = min(next, due) }
    }
    return next
  }

  /// Whether there is no run.
  package var isIdle: Bool { run == .none }

  private mutating func tick(at now: Instant, into actions: inout Actions<Action>) {
    let slept = max(now - nextCheck, Span(nanoseconds: 0))
    nextCheck = now + configuration.interval
    loseTheSilent(at: now, into: &actions)
    replaceSilentChildren(at: now, into: &actions)
    restartChildren(at: now, into: &actions)
    checkPatience(without: slept, at: now, into: &actions)
    if now >= nextRoster { isRosterWanted = true }
  }

  private mutating func loseTheSilent(at now: Instant, into actions: inout Actions<Action>) {
    // It looks at every node: not before one can be late.
    guard let deadline = liveness.nextDeadline, now >= deadline else { return }
    for node in liveness.overdue(at: now) {
      #if PLANTED_FAULTS
      if planted == .silenceIgnored { continue }
      #endif
      lose(node, .missedBeats(configuration.missed), at: now, into: &actions)
    }
  }

  /// Ends the run, once; does nothing while there is none.
  mutating func end(_ outcome: Outcome, at now: Instant, into actions: inout Actions<Action>) {
    guard self.outcome == nil, !isIdle else { return }
    self.outcome = outcome
    if case .failed = outcome { actions.append(.order(.cancel)) }
    publish(at: now, into: &actions)
    actions.append(.ended(outcome))
  }
}
