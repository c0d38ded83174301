package import PipelineCore

extension SupervisorEngine {
  /// Who is told what happens; called on the engine's thread, in order.
  package struct Observer: Sendable {
    package var event: @Sendable (RunEvent) -> Void
    package var progress: @Sendable (RunSnapshot) -> Void
    package var ended: @Sendable (Supervisor.Outcome) -> Void
    /// A local child is to be started again.
    package var startChild: @Sendable (NodeID, _ name: String) -> Void
    /// A local child is to be killed.
    package var killChild: @Sendable (NodeID) -> Void
    /// Results of a run are stored; each partition is told once.
    package var stored: @Sendable (RunID, [ClosedRange<UInt32>]) -> Void
    /// After ``ended``: the run's ventilator and sink have left it, or have had the time for that, so
    /// that another run may begin.
    package var vacated: @Sendable (RunID) -> Void
    /// The nodes on the roster, the supervisor included: as often as one is published, which is each
    /// interval at least.
    package var nodes: @Sendable ([LiveNode]) -> Void

    package init(
      event: @escaping @Sendable (RunEvent) -> Void,
      progress: @escaping @Sendable (RunSnapshot) -> Void,
      ended: @escaping @Sendable (Supervisor.Outcome) -> Void,
      startChild: @escaping @Sendable (NodeID, _ name: String) -> Void = { _, _ in },
      killChild: @escaping @Sendable (NodeID) -> Void = { _ in },
      stored: @escaping @Sendable (RunID, [ClosedRange<UInt32>]) -> Void = { _, _ in },
      vacated: @escaping @Sendable (RunID) -> Void = { _ in },
      nodes: @escaping @Sendable ([LiveNode]) -> Void = { _ in }
    ) {
      self.event = event
      self.progress = progress
      self.ended = ended
      self.startChild = startChild
      self.killChild = killChild
      self.stored = stored
      self.vacated = vacated
      self.nodes = nodes
    }
  }
}
