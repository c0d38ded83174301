extension Topology {
  /// How many local workers a run may have.
  package static let workerCounts: ClosedRange<Int64> = 1...1024

  /// What may be outstanding in a lane.
  package struct Credit: Sendable, Equatable {
    /// Bytes: 64 KiB to 64 GiB.
    package internal(set) var bytes: Int
    /// Partitions: 1 to 1,000,000, or `nil` when bytes alone decide.
    package internal(set) var partitions: Int?
  }

  /// When a silent node counts as dead.
  package struct Liveness: Sendable, Equatable {
    /// Time from beat to beat on one host: 10 ms to 1 minute.
    package internal(set) var interval: Duration
    /// The same across hosts.
    package internal(set) var intervalAcrossHosts: Duration
    /// Beats that may be missed: 1 to 100.
    package internal(set) var missed: Int
  }

  /// What a partition that failed too often does to the run.
  package enum FailurePolicy: String, Sendable, Equatable, CaseIterable {
    /// The run fails, once all other partitions are stored or given up.
    case fail
    /// The partition is set aside and named at the end; the result is made without it.
    case quarantine
  }

  /// How partitions are dealt to lanes.
  package enum Balance: String, Sendable, Equatable, CaseIterable {
    /// To the lane with the most free credit.
    case leastLoaded = "least-loaded"
    /// To each lane in turn.
    case roundRobin = "round-robin"
  }

  /// What happens when two copies of a partition's result differ.
  package enum Determinism: String, Sendable, Equatable, CaseIterable {
    /// It is told in the summary.
    case report
    /// The run fails.
    case fail
    /// Results are not compared.
    case off
  }

  /// What a partition's result must survive to count as stored.
  package enum Durability: String, Sendable, Equatable, CaseIterable {
    /// Loss of power: results are flushed to the disk.
    case machine
    /// The death of processes: results are handed to the operating system.
    case process
    /// Nothing: there is no run directory, and the run cannot be resumed.
    case off
  }
}
