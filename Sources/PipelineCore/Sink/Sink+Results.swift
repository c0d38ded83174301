import DequeModule

extension Sink {
  /// Takes in what the store held; it is as durable as it will ever be.
  mutating func recover(_ found: [Recovered]) {
    for result in found {
      precondition(stored.insert(result.index), "partition \(result.index) was recovered twice")
      digests[result.index] = result.digest
      count(result.counts, bytes: result.bytes)
    }
  }

  mutating func take(
    _ items: [Item], token: UInt64, worker: NodeIncarnation, into actions: inout Actions<Action>
  ) {
    if let reason = refusal(of: items) {
      reject(items, token: token, worker: worker, reason: reason, into: &actions)
      return
    }
    var receipts: [Receipt] = []
    var chosen = 0..<0
    for (position, item) in items.enumerated() {
      let outcome: Receipt.Outcome
      switch item.outcome {
      case .failed(let failure):
        outcome = .failed(failure)
      case .result(let digest, let bytes, let counts):
        outcome = take(item.partition, digest: digest, worker: worker, into: &actions)
        if isToStore(outcome) {
          if chosen.upperBound == position, !chosen.isEmpty {
            chosen = chosen.lowerBound..<position + 1
          } else {
            if !chosen.isEmpty { actions.append(.store(token: token, items: chosen)) }
            chosen = position..<position + 1
          }
          count(counts, bytes: bytes)
        }
      }
      if case .stored(let digest) = outcome, let last = receipts.indices.last,
        receipts[last].extend(storing: item.partition, attempt: item.attempt, digest: digest)
      {
        continue
      }
      receipts.append(
        Receipt(
          partition: item.partition, attempt: item.attempt, worker: worker, outcome: outcome))
    }
    if !chosen.isEmpty { actions.append(.store(token: token, items: chosen)) }
    actions.append(.persist(token: token))
    #if PLANTED_FAULTS
    if planted == .receiptBeforeFlush {
      actions.append(.receipts(worker: worker, receipts))
      return
    }
    #endif
    unanswered.append(Unanswered(token: token, worker: worker, receipts: receipts))
  }

  /// The durable set: what is stored, less what waits to be durable.
  var durable: PartitionBitmap {
    #if PLANTED_FAULTS
    if planted == .announcedBeforeFlush { return stored }
    #endif
    var durable = stored
    for entry in unanswered {
      for receipt in entry.receipts {
        guard case .stored = receipt.outcome else { continue }
        for index in receipt.indexes { durable.remove(index) }
      }
    }
    return durable
  }

  private func refusal(of items: [Item]) -> String? {
    // Once for all: more than a million results come in a second.
    let (stage, end) = (stage, endOfIndexes)
    for item in items where item.partition.stage != stage || item.partition.index >= end {
      return refusal(of: item.partition)
    }
    return nil
  }

  /// Why a result for this partition cannot be taken, or `nil` when it can.
  private func refusal(of partition: PartitionID) -> String? {
    let index = partition.index
    let end = total ?? maximumPartitions
    if partition.stage != stage { return "stage \(partition.stage) is not this run's" }
    if index >= end {
      return
        "partition \(index) is beyond the last; there are \(total == nil ? "at most " : "")\(end)"
    }
    if index >= endOfIndexes { return "partition \(index) was never sent" }
    return nil
  }

  /// The lowest index that cannot be taken.
  private var endOfIndexes: UInt32 {
    let end = UInt32(clamping: UInt64(digests.count) + Self.indexWindow + 1)
    return min(total ?? maximumPartitions, end)
  }

  /// Answers what could have been taken as failed, so that no lease waits for ever.
  private func reject(
    _ items: [Item], token: UInt64, worker: NodeIncarnation, reason: String,
    into actions: inout Actions<Action>
  ) {
    actions.append(.reject(token: token, worker: worker, reason: reason))
    var receipts: [Receipt] = []
    for item in items where refusal(of: item.partition) == nil {
      let failure =
        if case .failed(let failure) = item.outcome { failure } else {
          Failure(.operating, "the result came in a message that was rejected: \(reason)")
        }
      receipts.append(
        Receipt(
          partition: item.partition, attempt: item.attempt, worker: worker,
          outcome: .failed(failure)))
    }
    if !receipts.isEmpty { actions.append(.receipts(worker: worker, receipts)) }
  }

  private mutating func take(
    _ partition: PartitionID, digest: UInt64, worker: NodeIncarnation,
    into actions: inout Actions<Action>
  ) -> Receipt.Outcome {
    let index = partition.index
    if let completedWithout, completedWithout.contains(index) {
      // Called stored, it would count as part of an output that goes without it.
      return .failed(
        Failure(.operating, "the output was written without this partition, which was given up"))
    }
    if stored.insert(index) {
      digests[index] = digest
      return .stored(digest: digest)
    }
    progress.duplicates += 1
    let kept = digests[index]
    if kept != digest {
      actions.append(.differs(partition, stored: kept, later: digest, worker: worker))
    }
    return .duplicate(digest: digest, agrees: kept == digest)
  }

  private func isToStore(_ outcome: Receipt.Outcome) -> Bool {
    switch outcome {
    case .stored: return true
    case .duplicate:
      #if PLANTED_FAULTS
      if planted == .doubleMerge { return true }
      #endif
      return false
    case .failed: return false
    }
  }

  private mutating func count(_ counts: Counts, bytes: UInt64) {
    progress.partitions += 1
    progress.bytes += bytes
    progress.rows += UInt64(counts.rows)
    progress.skipped += UInt64(counts.skipped)
    outputRows += UInt64(counts.outputRows)
  }
}
