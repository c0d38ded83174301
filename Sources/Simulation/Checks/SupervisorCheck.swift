import PipelineCore

/// What a supervisor may do, told from what it has said before and from who is alive.
struct SupervisorCheck {
  private let identity: NodeIncarnation
  private let startedAt: Int64
  private var evicted: [NodeIncarnation] = []
  private var sequence: UInt64 = 0
  private var hasEnded = false

  init(_ identity: NodeIncarnation, startedAt: Int64) {
    self.identity = identity
    self.startedAt = startedAt
  }

  /// Judges what the machine wants done.
  mutating func judge(_ action: Supervisor.Action, in world: World) throws(Violation) {
    switch action {
    case .publish(let roster): try judge(roster, in: world)
    case .order(.evict(let worker, _)), .order(.release(let worker)):
      if evicted.contains(worker) {
        throw Violation("node \(worker.node.rawValue) is evicted twice")
      }
      evicted.append(worker)
    case .ended:
      if hasEnded { throw Violation("the run ended twice") }
      hasEnded = true
    case .order, .report, .startChild, .killChild: break
    }
  }

  private mutating func judge(_ roster: Roster, in world: World) throws(Violation) {
    if roster.sequence <= sequence { throw Violation("a roster is out of sequence") }
    sequence = roster.sequence
    var last: NodeID?
    for member in roster.members {
      if let last, member.node.node <= last { throw Violation("a node is listed twice") }
      last = member.node.node
      if evicted.contains(member.node) {
        throw Violation("node \(member.node.node.rawValue) is listed again after its eviction")
      }
      if let run = world.run(of: member.node), run != world.plan.run {
        throw Violation("node \(member.node.node.rawValue) of another run is listed")
      }
      if hasEnded { continue }
      if let since = world.silentSince(member.node),
        !world.canIgnoreSilence(since: since, supervisorStart: startedAt)
      {
        throw Violation(
          "node \(member.node.node.rawValue) is listed, though it has been silent since "
            + "\(since / 1_000_000) ms")
      }
    }
  }
}
