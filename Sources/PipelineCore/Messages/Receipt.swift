/// The sink's word on one attempt.
package struct Receipt: Sendable, Equatable {
  package var partition: PartitionID
  package var attempt: UInt16
  package var worker: NodeIncarnation
  package var outcome: Outcome

  package init(
    partition: PartitionID, attempt: UInt16, worker: NodeIncarnation, outcome: Outcome
  ) {
    self.partition = partition
    self.attempt = attempt
    self.worker = worker
    self.outcome = outcome
  }

  /// What became of the attempt.
  package enum Outcome: Sendable, Equatable {
    /// The result is stored.
    case stored(digest: UInt64)
    /// A result was stored before; `agrees` tells whether this one had the same digest.
    case duplicate(digest: UInt64, agrees: Bool)
    /// The attempt failed.
    case failed(Failure)
  }
}
