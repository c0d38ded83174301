extension Sink {
  /// One attempt's outcome as it arrived.
  package struct Item: Sendable, Equatable {
    package var partition: PartitionID
    package var attempt: UInt16
    package var outcome: Outcome

    package init(partition: PartitionID, attempt: UInt16, outcome: Outcome) {
      self.partition = partition
      self.attempt = attempt
      self.outcome = outcome
    }
  }

  /// A result or the reason why there is none.
  package enum Outcome: Sendable, Equatable {
    case result(digest: UInt64, bytes: UInt64, counts: Counts)
    indirect case failed(Failure)
  }

  /// What a worker counted in a partition.
  package struct Counts: Sendable, Equatable {
    package var rows: UInt32
    package var skipped: UInt32
    package var outputRows: UInt32

    package init(rows: UInt32, skipped: UInt32, outputRows: UInt32) {
      self.rows = rows
      self.skipped = skipped
      self.outputRows = outputRows
    }
  }

  /// A result that the store held when the sink started.
  package struct Recovered: Sendable, Equatable {
    package var index: UInt32
    package var digest: UInt64
    package var bytes: UInt64
    package var counts: Counts

    package init(index: UInt32, digest: UInt64, bytes: UInt64, counts: Counts) {
      self.index = index
      self.digest = digest
      self.bytes = bytes
      self.counts = counts
    }
  }
}
