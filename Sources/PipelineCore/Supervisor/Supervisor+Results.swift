import OrderedCollections

extension Supervisor {
  /// What the ventilator gave up and no sink has stored since, in ascending order.
  package var quarantined: [Quarantined] {
    givenUp.filter { !stored.contains($0.partition.index) }
  }

  /// Partitions that the result goes without, in ascending order.
  var settledWithoutResult: [UInt32] {
    guard configuration.onFailure == .quarantine else { return [] }
    return givenUp.lazy.map(\.partition.index).filter { index in
      !stored.contains(index) && total.map { index < $0 } ?? true
    }
  }

  /// Whether workers have nothing left to do: what remains is the sink's.
  var isAllStored: Bool {
    guard let total, stored.highest.map({ $0 < total }) ?? true else { return false }
    return stored.count + settledWithoutResult.count == Int(total)
  }

  /// Takes in a sink's word, which counts once the sink is listed. That of a new sink stands for all
  /// that was heard before: what the old one stored and the new one did not find is not there.
  mutating func take(_ partitions: PartitionBitmap, by sender: NodeIncarnation) {
    if sender != sinks.current {
      sinks.keep(partitions, of: sender)
    } else if sinks.hasWord {
      stored.formUnion(partitions)
    } else {
      sinks.hasWord = true
      stored = partitions
    }
  }

  /// Follows the sink that is listed; while none is, the last one.
  mutating func followSink() {
    guard let listed = latestBeat(of: .sink)?.sender,
      listed != sinks.current, let word = sinks.follow(listed)
    else { return }
    sinks.hasWord = true
    stored = word
  }

  mutating func take(
    _ receipts: [Receipt], from sender: NodeIncarnation, at now: Instant,
    into actions: inout Actions<Action>
  ) {
    guard sender == sinks.current, sinks.hasWord else {
      keep(receipts, from: sender)
      return
    }
    for receipt in receipts {
      switch receipt.outcome {
      case .stored, .duplicate(_, agrees: true):
        markStored(receipt)
      case .duplicate(_, agrees: false):
        markStored(receipt)
        actions.append(.report(.differs(receipt.partition, worker: receipt.worker)))
        if configuration.failsOnDifference {
          let failure = Failure(
            .configuration,
            "partition \(receipt.partition.index) gave two different results; make the stage depend "
              + "on its input alone, or allow this with `determinism: report`")
          end(.failed(failure), at: now, into: &actions)
        }
      case .failed(let failure):
        // What becomes of a final failure is for the ventilator to say: by its phase, or by what it
        // puts into quarantine.
        guard !failure.isFinal else { break }
        actions.append(
          .report(
            .attemptFailed(
              receipt.partition, attempt: receipt.attempt, worker: receipt.worker, failure)))
      }
    }
  }

  /// What a sink stores that is listed a moment later adds to its word.
  private mutating func keep(_ receipts: [Receipt], from sender: NodeIncarnation) {
    for receipt in receipts {
      if case .failed = receipt.outcome { continue }
      for index in receipt.indexes { sinks.keep(index, of: sender) }
    }
  }

  private mutating func markStored(_ receipt: Receipt) {
    let indexes = receipt.indexes
    guard let total, indexes.upperBound >= total else {
      stored.insert(indexes)
      return
    }
    if indexes.lowerBound < total { stored.insert(indexes.lowerBound...(total - 1)) }
  }

  /// Takes in what the ventilator gave up: all of it, so that what left quarantine is gone here too.
  mutating func follow(
    _ quarantined: [Quarantined], at now: Instant, into actions: inout Actions<Action>
  ) {
    guard quarantined != givenUp else { return }
    let before = settledWithoutResult
    givenUp = Self.inOrder(quarantined)
    for entry in givenUp where !reportedQuarantines.contains(entry.partition) {
      reportedQuarantines.append(entry.partition)
      if reportedQuarantines.count > Self.maximumVoid { reportedQuarantines.removeFirst() }
      if outcome == nil { actions.append(.report(.quarantined(entry))) }
    }
    // The sink waits for it.
    if outcome == nil, settledWithoutResult != before { isRosterWanted = true }
  }

  /// Ascending, each partition once, no more than a run may have: what comes from peers need not be.
  private static func inOrder(_ quarantined: [Quarantined]) -> [Quarantined] {
    var list: [Quarantined] = []
    for entry in quarantined.sorted(by: { $0.partition < $1.partition })
    where list.last?.partition != entry.partition && list.count < Beat.maximumQuarantined {
      list.append(entry)
    }
    return list
  }
}
