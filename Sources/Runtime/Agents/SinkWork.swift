package import Operators

/// What a sink needs for a run.
package struct SinkWork: Sendable {
  /// The stage whose results it takes.
  package var stage: UInt32
  /// No result of a partition beyond so many is taken.
  package var maximumPartitions: UInt32
  /// Makes the sink part of the last operator; called on the sink's thread.
  package var makeSinkPart: @Sendable () throws -> any SinkPart
  package var target: OutputTarget
  package var storage: RunStorage

  package init(
    stage: UInt32, maximumPartitions: UInt32 = .max,
    makeSinkPart: @escaping @Sendable () throws -> any SinkPart,
    target: OutputTarget, storage: RunStorage
  ) {
    self.stage = stage
    self.maximumPartitions = maximumPartitions
    self.makeSinkPart = makeSinkPart
    self.target = target
    self.storage = storage
  }
}
