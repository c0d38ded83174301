import PipelineCore

/// A worker process of the world: the machine, its queues, and what its owner would keep. A class,
/// as copies would take most of the time.
final class WorkerProcess {
  /// A message on the lane.
  struct LaneMessage {
    var subject: NodeIncarnation
    var grants: [Ventilator.Grant]
  }

  /// A message to the sink.
  struct ResultMessage {
    var worker: NodeIncarnation
    var items: [Sink.Item]
  }

  /// A pack that is held.
  struct Held {
    var worker: NodeIncarnation
    var grants: [Ventilator.Grant]
    var isComputed = false
  }

  var machine: Worker
  /// Incarnations this process has had.
  var identities: [NodeIncarnation]
  var isAlive = true
  var stoppedUntil: Instant?
  var beatSequence: UInt64 = 0
  var nextBeat: Instant
  var nextTick: Instant
  var nextToken: UInt64 = 1
  var held: [UInt64: Held] = [:]
  /// Packs the machine wants computed, first to be computed first.
  var computing: [UInt64] = []

  // Queues in which messages keep their order; those to the process die with it, those from it may
  // still arrive in part.
  var lane: [LaneMessage] = []
  var rosters: [Roster] = []
  var results: [ResultMessage] = []
  var beats: [Beat] = []

  init(_ identity: NodeIncarnation, at now: Instant) {
    machine = Worker(identity: identity, patience: .seconds(600), at: now)
    identities = [identity]
    nextBeat = now
    nextTick = now
  }

  /// Whether the process gets anything done at the moment.
  var isRunning: Bool { isAlive && stoppedUntil == nil }
}
