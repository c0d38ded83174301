package import PipelineCore

/// What a run is: written when it is created, never changed. The run's id is the name of its directory.
package struct RunRecord: Sendable, Equatable {
  /// What stored results survive.
  package enum Durability: String, Sendable, CaseIterable {
    /// Loss of power.
    case machine
    /// The death of processes only.
    case process
  }

  /// The run, as messages name it.
  package var run: RunID
  /// The topology's name.
  package var topology: String
  /// The topology file's absolute path.
  package var path: String
  /// What `--set` was given, in order: `source.partition=4MiB`.
  package var overrides: [String]
  /// Local workers that the run was started with.
  package var workers: Int
  /// The version of Millrace that created it.
  package var version: String
  /// Milliseconds since 1970.
  package var created: Int64
  /// 16 hexadecimal digits of all that the result depends on.
  package var fingerprint: String
  package var durability: Durability
  /// The plan as JSON: the files with size, time and inode, the stages' names.
  package var plan: String
  /// The stage specification as lanes carry it.
  package var specification: [UInt8]

  package init(
    run: RunID, topology: String, path: String, overrides: [String], workers: Int, version: String,
    created: Int64, fingerprint: String, durability: Durability, plan: String,
    specification: [UInt8]
  ) {
    self.run = run
    self.topology = topology
    self.path = path
    self.overrides = overrides
    self.workers = workers
    self.version = version
    self.created = created
    self.fingerprint = fingerprint
    self.durability = durability
    self.plan = plan
    self.specification = specification
  }
}
