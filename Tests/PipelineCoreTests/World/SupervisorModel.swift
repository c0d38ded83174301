import PipelineCore

/// What a supervisor may do, told from what it has said before.
struct SupervisorModel {
  private var evicted: Set<NodeIncarnation> = []
  private var lastSequence: UInt64 = 0
  private(set) var outcome: Supervisor.Outcome?
  /// The output stands at its place.
  var isWritten = false

  /// Judges what the machine wants done.
  mutating func judge(_ action: Supervisor.Action) throws(Violation) {
    switch action {
    case .publish(let roster):
      if roster.sequence <= lastSequence { throw Violation("a roster out of sequence") }
      lastSequence = roster.sequence
      for member in roster.members where evicted.contains(member.node) {
        throw Violation("node \(member.node.node.rawValue) is listed again after its eviction")
      }
      for (earlier, later) in zip(roster.members, roster.members.dropFirst())
      where earlier.node.node >= later.node.node {
        throw Violation("a roster out of order")
      }
    case .order(.evict(let worker)):
      if !evicted.insert(worker).inserted {
        throw Violation("node \(worker.node.rawValue) was evicted twice")
      }
    case .ended(let outcome):
      if self.outcome != nil { throw Violation("the run ended twice") }
      self.outcome = outcome
      if case .finished = outcome, !isWritten { throw Violation("finished without an output") }
    case .startChild: throw Violation("a child was started again though no policy asks for it")
    case .order, .report: break
    }
  }
}
