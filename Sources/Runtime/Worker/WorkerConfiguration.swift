package import PipelineCore
package import ZeroMQ

/// What a worker process must be told to join a run on this host.
package struct WorkerConfiguration: Sendable {
  package var node: NodeID
  package var name: String
  /// Where the supervisor listens: its beats at `ADDRESS.beats`, its roster at `ADDRESS.roster`.
  package var supervisor: SupervisorAddress
  /// The private directory in which the worker binds its lane.
  package var directory: PrivateDirectory
  /// Time between two beats.
  package var beatInterval: Span
  /// How long a silent supervisor is waited for.
  package var patience: Span
  /// The process that started this one; when it is gone the worker leaves. 0 for none.
  package var parent: Int32
  /// The run to join; `nil`: that of the first roster.
  package var run: RunID?
  /// Where to say what is under way; `nil` where nobody looks.
  package var mark: PartitionMark?

  package init(
    node: NodeID, name: String, supervisor: SupervisorAddress, directory: PrivateDirectory,
    beatInterval: Span, patience: Span, parent: Int32, run: RunID? = nil,
    mark: PartitionMark? = nil
  ) {
    self.node = node
    self.name = name
    self.supervisor = supervisor
    self.directory = directory
    self.beatInterval = beatInterval
    self.patience = patience
    self.parent = parent
    self.run = run
    self.mark = mark
  }
}
