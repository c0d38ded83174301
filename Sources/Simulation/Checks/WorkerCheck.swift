import PipelineCore

/// What a worker may do, told from what it was given.
struct WorkerCheck {
  private var rosters = RosterCheck()
  private var isPast = false

  /// Takes in what the machine is told.
  mutating func observe(_ event: Worker.Event) {
    isPast = false
    if case .roster(let roster) = event { isPast = rosters.isPast(roster) }
  }

  /// Judges what the machine wants done; `subjects` are the incarnations that packs were sent to.
  func judge(
    _ actions: [Worker.Action], _ identity: NodeIncarnation, _ subjects: [UInt64: NodeIncarnation]
  ) throws(Violation) {
    for action in actions {
      switch action {
      case .compute(let token):
        if subjects[token] != identity {
          throw Violation("a pack for another incarnation is computed")
        }
      case .send(let token):
        if subjects[token] != identity {
          throw Violation("results of a void incarnation are sent as the present one's")
        }
      case .drop: break
      case .connectSink, .disconnectSink, .startAnew, .leave:
        if isPast { throw Violation("a worker obeys a roster of the past") }
      }
    }
  }
}
