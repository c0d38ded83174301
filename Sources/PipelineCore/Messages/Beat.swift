/// What a node says of itself on the beats channel, again and again.
///
/// A beat is the whole of what the supervisor needs to know: one that is lost is made good by the
/// next.
package struct Beat: Sendable, Equatable {
  package var sender: NodeIncarnation
  package var roles: Roles
  /// A name for people, such as `worker-2`.
  package var name: String
  /// Host name.
  package var host: String
  package var processID: Int32
  /// Counts up with each beat of an incarnation, from 1.
  package var sequence: UInt64
  /// Time from this beat to the next.
  package var interval: Span
  /// Whether the node has seen itself in the roster.
  package var joined: Bool
  /// Where this node binds, by channel; empty for channels it does not bind.
  package var endpoints: Endpoints
  package var progress: Progress
  /// How far the sink or the ventilator is with the run.
  package var phase: Phase
  /// What a ventilator took back from the dead, the latest last; at most
  /// ``maximumEvictions``.
  package var evictions: [Eviction]
  /// What a worker's compute thread works at, or `nil` when it is idle or the node is no worker.
  package var underWay: UnderWay?
  /// What a ventilator gave up, in ascending order of partition; at most ``maximumQuarantined``.
  package var quarantined: [Quarantined]
  /// The run that the node takes part in; ``RunID/none`` while it has heard no roster.
  package var run: RunID
  /// Whether a worker was told to end: nothing more is to be sent to it.
  package var isDraining = false
  /// Whether a worker has found the stage's files to be the very same here, so that partitions may
  /// be delivered by reference.
  package var seesFiles = false
  /// Workers whose lane a ventilator cannot connect to; at most ``maximumUnreachable``.
  package var unreachable: [NodeIncarnation] = []
  /// The address that the beat came from, as its receiver saw it; empty where that does not show. It is
  /// no part of the message.
  package var origin = ""

  /// The greatest number of ``evictions`` in one beat.
  package static let maximumEvictions = 64
  /// The greatest number of partitions that a run may put into quarantine; it fails with one more.
  package static let maximumQuarantined = 100
  /// The greatest number of ``unreachable`` workers in one beat.
  package static let maximumUnreachable = 64

  package init(
    sender: NodeIncarnation, roles: Roles, name: String, host: String, processID: Int32,
    sequence: UInt64, interval: Span, joined: Bool, endpoints: Endpoints, progress: Progress,
    phase: Phase, evictions: [Eviction] = [], underWay: UnderWay? = nil,
    quarantined: [Quarantined] = [], run: RunID = .none
  ) {
    self.sender = sender
    self.roles = roles
    self.name = name
    self.host = host
    self.processID = processID
    self.sequence = sequence
    self.interval = interval
    self.joined = joined
    self.endpoints = endpoints
    self.progress = progress
    self.phase = phase
    self.evictions = evictions
    self.underWay = underWay
    self.quarantined = quarantined
    self.run = run
  }

  /// The partition that a worker computes and for how long it has done so.
  package struct UnderWay: Sendable, Equatable {
    package var partition: PartitionID
    package var elapsed: Span

    package init(partition: PartitionID, elapsed: Span) {
      self.partition = partition
      self.elapsed = elapsed
    }
  }

  /// What a ventilator took back from a dead worker.
  package struct Eviction: Sendable, Equatable {
    package var worker: NodeIncarnation
    /// Partitions re-queued.
    package var requeued: UInt32
    /// The partition that was probably under way and is charged with a failed attempt.
    package var suspect: PartitionID?

    package init(worker: NodeIncarnation, requeued: UInt32, suspect: PartitionID?) {
      self.worker = worker
      self.requeued = requeued
      self.suspect = suspect
    }
  }

  /// Addresses a node binds; an empty string where it does not.
  package struct Endpoints: Sendable, Equatable, Hashable {
    /// A worker's PULL socket for partitions.
    package var lane = ""
    /// A sink's PULL socket for results.
    package var results = ""
    /// A ventilator's or supervisor's PULL socket for receipts.
    package var receipts = ""
    /// A ventilator's PULL socket for orders.
    package var orders = ""
    /// The CURVE public key of these sockets, 32 bytes; empty where they are not encrypted.
    package var key: [UInt8] = []

    package init(
      lane: String = "", results: String = "", receipts: String = "", orders: String = "",
      key: [UInt8] = []
    ) {
      self.lane = lane
      self.results = results
      self.receipts = receipts
      self.orders = orders
      self.key = key
    }
  }

  /// Counts since the incarnation started.
  package struct Progress: Sendable, Equatable {
    /// Partitions: cut (ventilator), processed (worker), stored (sink).
    package var partitions: UInt64 = 0
    /// Bytes: cut, processed, stored.
    package var bytes: UInt64 = 0
    /// Records processed.
    package var rows: UInt64 = 0
    /// Bad records left out.
    package var skipped: UInt64 = 0
    /// Partitions that came to a sink more than once.
    package var duplicates: UInt64 = 0
    /// Partitions that a worker has received and not answered: waiting, computed, or not sent yet. Not
    /// a count since the start but what is so now.
    package var held: UInt64 = 0
    /// Attempts that a ventilator began while another of the same partition was under way.
    package var secondAttempts: UInt64 = 0

    package init(
      partitions: UInt64 = 0, bytes: UInt64 = 0, rows: UInt64 = 0, skipped: UInt64 = 0,
      duplicates: UInt64 = 0, held: UInt64 = 0, secondAttempts: UInt64 = 0
    ) {
      self.partitions = partitions
      self.bytes = bytes
      self.rows = rows
      self.skipped = skipped
      self.duplicates = duplicates
      self.held = held
      self.secondAttempts = secondAttempts
    }
  }

  /// How far a role is with the run.
  package enum Phase: Sendable, Equatable {
    case working
    /// The ventilator has cut the whole source into this many partitions.
    case exhausted(partitions: UInt32)
    /// The sink has written the final output of this many rows.
    case finished(rows: UInt64, bytes: UInt64)
    /// The role cannot go on; the run fails.
    case failed(Failure)
    /// A worker that was told to end has answered what it had begun, and leaves.
    case left
  }
}
