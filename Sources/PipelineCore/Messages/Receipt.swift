/// The sink's word on attempts of one worker: at one partition, or at consecutive ones that are all
/// stored.
package struct Receipt: Sendable, Equatable {
  /// The first partition.
  package var partition: PartitionID
  /// How many partitions, from the first on; 1 unless the outcome is ``Outcome/stored(digest:)``.
  package private(set) var count: UInt32
  /// The number of the attempt, the same for each.
  package var attempt: UInt16
  package var worker: NodeIncarnation
  package var outcome: Outcome

  package init(
    partition: PartitionID, count: UInt32 = 1, attempt: UInt16, worker: NodeIncarnation,
    outcome: Outcome
  ) {
    precondition(count >= 1 && !partition.index.addingReportingOverflow(count - 1).overflow)
    self.partition = partition
    self.count = count
    self.attempt = attempt
    self.worker = worker
    self.outcome = outcome
  }

  /// The partitions that it is about.
  package var indexes: ClosedRange<UInt32> { partition.index...(partition.index + (count - 1)) }

  /// Takes in that the next partition is stored too, where the receipt says so of those before it.
  ///
  /// - Returns: whether it did; else that takes a receipt of its own.
  package mutating func extend(
    storing next: PartitionID, attempt: UInt16, digest: UInt64
  ) -> Bool {
    guard case .stored(let others) = outcome, self.attempt == attempt,
      next.stage == partition.stage, next.index > partition.index,
      next.index - partition.index == count
    else { return false }
    count += 1
    outcome = .stored(digest: others ^ digest)
    return true
  }

  /// What became of the attempt.
  package enum Outcome: Sendable, Equatable {
    /// The results are stored; of several the digests are combined by exclusive or.
    case stored(digest: UInt64)
    /// A result was stored before; `agrees` tells whether this one had the same digest.
    case duplicate(digest: UInt64, agrees: Bool)
    /// The attempt failed.
    indirect case failed(Failure)
  }
}
