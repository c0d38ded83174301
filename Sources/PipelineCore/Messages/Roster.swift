/// The whole state a supervisor tells its nodes, repeated each interval and soon after every
/// change.
///
/// State and not a stream of changes: a node that missed ten rosters is right after the eleventh.
package struct Roster: Sendable, Equatable {
  /// The supervisor's own incarnation: a sequence counts within it.
  package var supervisor: NodeIncarnation
  /// Counts up with each change of content and each repetition.
  package var sequence: UInt64
  /// Time between two repetitions.
  package var interval: Span
  package var run: RunState
  /// Live nodes in ascending order of id.
  package var members: [Member]

  package init(
    supervisor: NodeIncarnation, sequence: UInt64, interval: Span, run: RunState, members: [Member]
  ) {
    self.supervisor = supervisor
    self.sequence = sequence
    self.interval = interval
    self.run = run
    self.members = members
  }

  /// A node that is alive.
  package struct Member: Sendable, Equatable {
    package var node: NodeIncarnation
    package var roles: Roles
    package var name: String
    package var endpoints: Beat.Endpoints
    /// Partitions that a worker held at its last beat.
    package var held: UInt64
    /// As in ``Beat/isDraining``.
    package var isDraining = false
    /// As in ``Beat/seesFiles``.
    package var seesFiles = false

    package init(
      node: NodeIncarnation, roles: Roles, name: String, endpoints: Beat.Endpoints,
      held: UInt64 = 0, isDraining: Bool = false
    ) {
      self.node = node
      self.roles = roles
      self.name = name
      self.endpoints = endpoints
      self.held = held
      self.isDraining = isDraining
    }
  }

  /// The run that is going on.
  package struct RunState: Sendable, Equatable {
    package var id: RunID
    package var phase: RunPhase
    /// Partitions in all, once the ventilator has cut the whole source.
    package var total: UInt32?
    /// Partitions that the result goes without, in ascending order of index; at most
    /// ``Beat/maximumQuarantined``.
    package var quarantined: [UInt32]

    package init(id: RunID, phase: RunPhase, total: UInt32?, quarantined: [UInt32] = []) {
      self.id = id
      self.phase = phase
      self.total = total
      self.quarantined = quarantined
    }
  }

  /// What nodes are to do about the run.
  package enum RunPhase: UInt8, Sendable, CaseIterable {
    /// Work.
    case running = 1
    /// The output is there: leave.
    case finished = 2
    /// The run failed or was cancelled: drop everything and leave.
    case abandoned = 3
    /// No run is going on; its id is ``RunID/none``. Wait for one.
    case idle = 4
  }

  /// The member with this id, if it is alive.
  package func member(_ node: NodeID) -> Member? { members.first { $0.node.node == node } }
}
