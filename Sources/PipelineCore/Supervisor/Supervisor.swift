import OrderedCollections

/// Watches who is alive, tells everybody the roster, has the leases of the dead re-queued, and
/// decides when the run has ended.
package struct Supervisor: Sendable {
  /// What happened.
  package enum Event: Sendable {
    case beat(Beat)
    /// A local child was told to start as this node.
    case childStarted(NodeID, name: String)
    case childExited(NodeID, ExitCause)
    case receipts([Receipt])
    /// Somebody wants the run to end.
    case cancel(Failure)
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
  }

  /// How a run ended.
  package enum Outcome: Sendable, Equatable {
    case finished(rows: UInt64, bytes: UInt64)
    case failed(Failure)
  }

  /// The limits a supervisor keeps.
  package struct Configuration: Sendable, Equatable {
    /// Time between two rosters.
    package var interval: Span
    /// Beats missed in a row that make a node dead.
    package var missed: Int
    /// How long work may wait with no worker alive.
    package var patience: Span
    /// Whether all workers are local children, so that nobody else can come when those are gone.
    package var onlyChildren: Bool
    /// Whether a stage that answers differently a second time fails the run.
    package var failsOnDifference: Bool
    /// When local children that died are started again.
    package var restarts: RestartPolicy

    package init(
      interval: Span = .milliseconds(250), missed: Int = 3, patience: Span = .seconds(30),
      onlyChildren: Bool = true, failsOnDifference: Bool = false,
      restarts: RestartPolicy = .never
    ) {
      self.interval = interval
      self.missed = missed
      self.patience = patience
      self.onlyChildren = onlyChildren
      self.failsOnDifference = failsOnDifference
      self.restarts = restarts
    }
  }

  struct Member: Sendable {
    var beat: Beat
  }

  /// A process that was refused.
  struct Stranger: Hashable, Sendable {
    var node: NodeID
    var host: String
    var processID: Int32
  }

  struct Child: Sendable {
    var name: String
    var exit: ExitCause?
    /// When it was started again, the latest last; no more than the policy's limit.
    var restarts: [Instant] = []
    /// When it is to be started again.
    var due: Instant?
  }

  package let configuration: Configuration
  let identity: NodeIncarnation
  let run: RunID
  package private(set) var outcome: Outcome?
  package internal(set) var members: [Roster.Member] = []
  var nodes: OrderedDictionary<NodeID, Member> = [:]
  var children: OrderedDictionary<NodeID, Child> = [:]
  /// Incarnations that were declared dead; they may not come back.
  var void: OrderedSet<NodeIncarnation> = []
  var names: [NodeIncarnation: String] = [:]
  var reportedRequeues: OrderedSet<NodeIncarnation> = []
  /// Processes that used the id of another that is alive; each is reported once.
  var refused: OrderedSet<Stranger> = []
  var liveness: Liveness
  var sequence: UInt64 = 0
  /// Partitions in all, once the ventilator has cut the whole source.
  package internal(set) var total: UInt32?
  /// Partitions whose results are stored, by the sink's receipts.
  var stored = PartitionBitmap()
  var nextRoster: Instant
  /// When liveness and patience are to be looked at next, whatever is published in between.
  var nextCheck: Instant
  /// Since when no worker is alive.
  var lonelySince: Instant?
  var nextLonelyReport: Instant?

  /// At most this many void incarnations are remembered, the latest.
  package static let maximumVoid = 4096

  package init(
    identity: NodeIncarnation, run: RunID, configuration: Configuration, at now: Instant
  ) {
    self.identity = identity
    self.run = run
    self.configuration = configuration
    liveness = Liveness(missed: configuration.missed, at: now)
    nextRoster = now
    nextCheck = now
    lonelySince = now
  }

  /// Takes in one event and says what is to be done.
  package mutating func handle(
    _ event: Event, at now: Instant, into actions: inout Actions<Action>
  ) {
    switch event {
    case .beat(let beat): take(beat, at: now, into: &actions)
    case .childStarted(let node, let name):
      children[node, default: Child(name: name)].exit = nil
    case .childExited(let node, let cause): buryChild(node, cause, at: now, into: &actions)
    case .receipts(let receipts): take(receipts, at: now, into: &actions)
    case .cancel(let failure): end(.failed(failure), at: now, into: &actions)
    case .tick: tick(at: now, into: &actions)
    }
  }

  /// When the next ``Event/tick`` is needed.
  package var nextTick: Instant {
    children.values.reduce(min(nextRoster, nextCheck)) { min($0, $1.due ?? $0) }
  }

  /// The number of workers alive.
  package var liveWorkers: Int { nodes.values.count { $0.beat.roles.contains(.worker) } }

  /// The latest beat of the live node with these roles and the lowest id.
  package func latestBeat(of roles: Roles) -> Beat? {
    members.first { $0.roles.isSuperset(of: roles) }.flatMap { nodes[$0.node.node]?.beat }
  }

  private mutating func tick(at now: Instant, into actions: inout Actions<Action>) {
    nextCheck = now + configuration.interval
    for node in liveness.overdue(at: now) {
      lose(node, .missedBeats(configuration.missed), at: now, into: &actions)
    }
    restartChildren(at: now, into: &actions)
    checkPatience(at: now, into: &actions)
    if now >= nextRoster { publish(at: now, into: &actions) }
  }

  /// Publishes the roster as it is now.
  mutating func publish(at now: Instant, into actions: inout Actions<Action>) {
    sequence += 1
    nextRoster = now + configuration.interval
    let phase: Roster.RunPhase =
      switch outcome {
      case nil: .running
      case .finished: .finished
      case .failed: .abandoned
      }
    actions.append(
      .publish(
        Roster(
          supervisor: identity, sequence: sequence, interval: configuration.interval,
          run: Roster.RunState(id: run, phase: phase, total: total), members: members)))
  }

  /// Ends the run, once.
  mutating func end(_ outcome: Outcome, at now: Instant, into actions: inout Actions<Action>) {
    guard self.outcome == nil else { return }
    self.outcome = outcome
    if case .failed = outcome { actions.append(.order(.cancel)) }
    publish(at: now, into: &actions)
    actions.append(.ended(outcome))
  }

  private mutating func take(
    _ receipts: [Receipt], at now: Instant, into actions: inout Actions<Action>
  ) {
    for receipt in receipts {
      switch receipt.outcome {
      case .stored, .duplicate(_, agrees: true):
        markStored(receipt.partition)
      case .duplicate(_, agrees: false):
        markStored(receipt.partition)
        actions.append(.report(.differs(receipt.partition, worker: receipt.worker)))
        if configuration.failsOnDifference {
          let failure = Failure(
            .configuration,
            "partition \(receipt.partition.index) gave two different results; make the stage depend "
              + "on its input alone, or allow this with `determinism: report`")
          end(.failed(failure), at: now, into: &actions)
        }
      case .failed(let failure):
        // A final failure comes back as the ventilator's phase and ends the run there.
        guard !failure.isFinal else { break }
        actions.append(
          .report(
            .attemptFailed(
              receipt.partition, attempt: receipt.attempt, worker: receipt.worker, failure)))
      }
    }
  }

  private mutating func markStored(_ partition: PartitionID) {
    if let total, partition.index >= total { return }
    stored.insert(partition.index)
  }

  /// Whether workers have nothing left to do: what remains is the sink's.
  var isAllStored: Bool { total.map { stored.count == Int($0) } ?? false }

  private mutating func checkPatience(at now: Instant, into actions: inout Actions<Action>) {
    guard outcome == nil else { return }
    if liveWorkers > 0 || isAllStored {
      lonelySince = nil
      return
    }
    let since = lonelySince ?? now
    lonelySince = since
    let waited = now - since
    if waited > configuration.patience {
      let failure = Failure(
        .operating,
        "no worker has been alive for \(Int(waited.seconds)) s; start workers, or raise `patience`")
      end(.failed(failure), at: now, into: &actions)
    } else if waited > configuration.interval * 4, now >= nextLonelyReport ?? now {
      nextLonelyReport = now + .seconds(5)
      actions.append(.report(.waiting(waited)))
    }
  }

  /// Traps when the state contradicts itself.
  package func checkInvariants() {
    precondition(members.count == nodes.count, "the roster lists others than the live nodes")
    for (earlier, later) in zip(members, members.dropFirst()) {
      precondition(earlier.node.node < later.node.node, "the roster is out of order")
    }
    for (node, member) in nodes {
      precondition(member.beat.sender.node == node, "a node is listed under another id")
      precondition(!void.contains(member.beat.sender), "a void incarnation is on the roster")
    }
    precondition(void.count <= Self.maximumVoid, "too many void incarnations are remembered")
  }
}
