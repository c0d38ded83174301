/// What a worker must know of a stage before its first partition; the first message on a lane.
package struct StageSpecification: Sendable, Equatable {
  package var run: RunID
  package var stage: UInt32
  /// The stage's name in the topology.
  package var name: String
  /// Operators applied one after the other, each to the result of the one before.
  package var steps: [Step]
  /// The files that partitions delivered by reference name by index.
  package var files: [File]

  package init(run: RunID, stage: UInt32, name: String, steps: [Step], files: [File]) {
    self.run = run
    self.stage = stage
    self.name = name
    self.steps = steps
    self.files = files
  }

  /// One operator and its configuration.
  package struct Step: Sendable, Equatable {
    /// The operator's name in the registry.
    package var `operator`: String
    package var configuration: [UInt8]

    package init(operator: String, configuration: [UInt8]) {
      self.operator = `operator`
      self.configuration = configuration
    }
  }

  /// A source file and what it was when the run was planned.
  package struct File: Sendable, Equatable {
    package var path: String
    package var size: Int64
    /// Nanoseconds since 1970.
    package var modified: Int64
    package var inode: UInt64
    package var device: UInt64

    package init(path: String, size: Int64, modified: Int64, inode: UInt64, device: UInt64) {
      self.path = path
      self.size = size
      self.modified = modified
      self.inode = inode
      self.device = device
    }
  }
}
