/// What happened in one simulated run, or in many.
package struct SimulationStatistics: Sendable, Equatable {
  /// Runs counted.
  package var runs = 1
  /// Nanoseconds of virtual time.
  package var virtualTime: Int64 = 0
  /// Happenings.
  package var events: UInt64 = 0
  /// Processes killed.
  package var crashes = 0
  /// Processes stopped for a while.
  package var stalls = 0
  /// Workers that were told to end and have left.
  package var drains = 0
  /// Times that partitions were called back from a worker for one that was idle.
  package var recalls = 0
  /// Times that a host lost power.
  package var powerLosses = 0
  /// Cuts between hosts and connections reset.
  package var networkFaults = 0
  /// Times that a run was gone on with by new processes of a role or of all.
  package var resumes = 0
  /// Partitions cut in all.
  package var partitions = 0
  /// Partitions computed though their results were durable already.
  package var redone = 0
  /// Copies of results that came to a sink.
  package var duplicates: UInt64 = 0
  /// Attempts begun while another of the same partition was under way.
  package var secondAttempts: UInt64 = 0
  /// Partitions put into quarantine.
  package var quarantined = 0
  /// Runs that failed for a reason that lies in what was done to them.
  package var failures = 0

  /// Nothing yet.
  package init() {}

  /// Counts another run's.
  package mutating func add(_ other: SimulationStatistics) {
    runs += other.runs
    virtualTime += other.virtualTime
    events += other.events
    crashes += other.crashes
    stalls += other.stalls
    drains += other.drains
    recalls += other.recalls
    powerLosses += other.powerLosses
    networkFaults += other.networkFaults
    resumes += other.resumes
    partitions += other.partitions
    redone += other.redone
    duplicates += other.duplicates
    secondAttempts += other.secondAttempts
    quarantined += other.quarantined
    failures += other.failures
  }
}
