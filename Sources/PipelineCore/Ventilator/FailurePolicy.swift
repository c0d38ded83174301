/// What a partition that failed too often does to its run.
package enum FailurePolicy: Sendable, Equatable, CaseIterable {
  /// The run fails: at once when the input is at fault, else when all other partitions are stored.
  case fail
  /// The run goes on without the partition and names it.
  case quarantine
}
