package import Operators

/// What a sink needs for a run.
package struct SinkWork: Sendable {
  /// The stage whose results it takes.
  package var stage: UInt32
  /// Makes the sink part of the last operator; called on the sink's thread.
  package var makeSinkPart: @Sendable () throws -> any SinkPart
  package var target: OutputTarget
  package var storage: RunStorage

  package init(
    stage: UInt32, makeSinkPart: @escaping @Sendable () throws -> any SinkPart,
    target: OutputTarget, storage: RunStorage
  ) {
    self.stage = stage
    self.makeSinkPart = makeSinkPart
    self.target = target
    self.storage = storage
  }
}
