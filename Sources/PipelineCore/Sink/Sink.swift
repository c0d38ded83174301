/// Decides which results are stored, answers each attempt with a receipt, and knows when all is there.
///
/// A partition counts once: the first result stored wins, every later copy is compared by digest and
/// dropped.
package struct Sink: Sendable {
  /// What happened.
  package enum Event: Sendable {
    /// A worker's message: one item for each partition in it; `token` stands for the bytes.
    case results(token: UInt64, worker: NodeIncarnation, [Item])
    /// Everything stored up to and including this token's results is as durable as was asked for.
    case persisted(token: UInt64)
    /// The store cannot take results.
    case storeFailed(Failure)
    case roster(Roster)
    /// The output stands complete at its place.
    case outputWritten(rows: UInt64, bytes: UInt64)
    case outputFailed(Failure)
  }

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
    case failed(Failure)
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

  /// What is to be done.
  package enum Action: Sendable, Equatable {
    /// Store the result of the item at this position of the token's message.
    case store(token: UInt64, item: Int)
    /// All items of the token's message were looked at: make what was stored durable.
    case persist(token: UInt64)
    /// Send receipts, all for attempts of one worker, to the ventilator and the supervisor.
    case receipts(worker: NodeIncarnation, [Receipt])
    /// A copy differs from what is stored.
    case differs(PartitionID, stored: UInt64, later: UInt64, worker: NodeIncarnation)
    /// All partitions are stored: write the output.
    case complete(partitions: UInt32)
    /// The message is not acceptable: forget it.
    case reject(token: UInt64, worker: NodeIncarnation, reason: String)
    /// The run is over: leave.
    case leave
  }

  /// Receipts that wait for their results to be durable.
  struct Unanswered: Sendable {
    var token: UInt64
    var worker: NodeIncarnation
    var receipts: [Receipt]
  }

  package let stage: UInt32
  package private(set) var phase = Beat.Phase.working
  package private(set) var progress = Beat.Progress()
  /// Sum of ``Counts/outputRows``.
  package private(set) var outputRows: UInt64 = 0
  private var stored = PartitionBitmap()
  private var digests: ContiguousArray<UInt64> = []
  private var unanswered: [Unanswered] = []
  private var total: UInt32?
  private var isCompleting = false
  private var hasLeft = false
  private var lastRoster: (supervisor: NodeIncarnation, sequence: UInt64)?

  /// How far ahead of the highest index seen a partition's index may be; beyond it the message is
  /// rejected, which bounds the memory a faulty peer can claim.
  package static let indexWindow: UInt64 = 1 << 24

  /// A sink that has nothing yet.
  package init(stage: UInt32) { self.stage = stage }

  /// Partitions stored.
  package var storedCount: Int { stored.count }

  /// Takes in one event and says what is to be done.
  package mutating func handle(
    _ event: Event, at now: Instant, into actions: inout Actions<Action>
  ) {
    if hasLeft { return }
    switch event {
    case .results(let token, let worker, let items):
      take(items, token: token, worker: worker, into: &actions)
    case .persisted(let token):
      answer(through: token, into: &actions)
    case .storeFailed(let failure), .outputFailed(let failure):
      phase = .failed(failure)
    case .roster(let roster):
      take(roster, into: &actions)
    case .outputWritten(let rows, let bytes):
      precondition(isCompleting, "an output was written before all partitions were stored")
      phase = .finished(rows: rows, bytes: bytes)
    }
    completeIfAllStored(into: &actions)
  }

  private mutating func take(
    _ items: [Item], token: UInt64, worker: NodeIncarnation, into actions: inout Actions<Action>
  ) {
    if let reason = refusal(of: items) {
      actions.append(.reject(token: token, worker: worker, reason: reason))
      return
    }
    var receipts: [Receipt] = []
    receipts.reserveCapacity(items.count)
    for (position, item) in items.enumerated() {
      let outcome: Receipt.Outcome
      switch item.outcome {
      case .failed(let failure):
        outcome = .failed(failure)
      case .result(let digest, let bytes, let counts):
        outcome = take(item.partition, digest: digest, worker: worker, into: &actions)
        if case .stored = outcome {
          actions.append(.store(token: token, item: position))
          count(counts, bytes: bytes)
        }
      }
      receipts.append(
        Receipt(
          partition: item.partition, attempt: item.attempt, worker: worker, outcome: outcome))
    }
    unanswered.append(Unanswered(token: token, worker: worker, receipts: receipts))
    actions.append(.persist(token: token))
  }

  private func refusal(of items: [Item]) -> String? {
    let highest = UInt64(digests.count)
    for item in items {
      let index = item.partition.index
      if item.partition.stage != stage { return "stage \(item.partition.stage) is not this run's" }
      if let total, index >= total { return "partition \(index) is beyond the last, \(total)" }
      if UInt64(index) > highest + Self.indexWindow { return "partition \(index) was never sent" }
    }
    return nil
  }

  private mutating func take(
    _ partition: PartitionID, digest: UInt64, worker: NodeIncarnation,
    into actions: inout Actions<Action>
  ) -> Receipt.Outcome {
    let index = Int(partition.index)
    if stored.insert(partition.index) {
      if index >= digests.count {
        digests.append(contentsOf: repeatElement(0, count: index + 1 - digests.count))
      }
      digests[index] = digest
      return .stored(digest: digest)
    }
    progress.duplicates += 1
    let agrees = digests[index] == digest
    if !agrees {
      actions.append(.differs(partition, stored: digests[index], later: digest, worker: worker))
    }
    return .duplicate(digest: digest, agrees: agrees)
  }

  private mutating func count(_ counts: Counts, bytes: UInt64) {
    progress.partitions += 1
    progress.bytes += bytes
    progress.rows += UInt64(counts.rows)
    progress.skipped += UInt64(counts.skipped)
    outputRows += UInt64(counts.outputRows)
  }

  private mutating func answer(through token: UInt64, into actions: inout Actions<Action>) {
    guard let last = unanswered.lastIndex(where: { $0.token == token }) else { return }
    for entry in unanswered[...last] {
      actions.append(.receipts(worker: entry.worker, entry.receipts))
    }
    unanswered.removeFirst(last + 1)
  }

  private mutating func take(_ roster: Roster, into actions: inout Actions<Action>) {
    if let last = lastRoster, last.supervisor == roster.supervisor, roster.sequence <= last.sequence
    {
      return
    }
    lastRoster = (roster.supervisor, roster.sequence)
    if let total = roster.run.total { learn(total) }
    switch roster.run.phase {
    case .running: break
    case .finished, .abandoned:
      hasLeft = true
      actions.append(.leave)
    }
  }

  private mutating func learn(_ total: UInt32) {
    self.total = total
    // Only a faulty peer sends such a result. Counted as one of the run's it would stand in for a
    // partition that is missing.
    guard digests.count > Int(total), case .working = phase else { return }
    phase = .failed(
      Failure(
        .operating,
        "a result for partition \(digests.count - 1) was stored, but the run has only \(total) "
          + "partitions; check that all workers run the same version, and run again"))
  }

  private mutating func completeIfAllStored(into actions: inout Actions<Action>) {
    guard !hasLeft, !isCompleting, case .working = phase, let total, stored.count == Int(total),
      unanswered.isEmpty
    else { return }
    isCompleting = true
    actions.append(.complete(partitions: total))
  }

  /// Traps when the state contradicts itself.
  package func checkInvariants() {
    precondition(stored.count <= digests.count, "more partitions stored than digests kept")
    precondition(progress.partitions == UInt64(stored.count), "a partition was counted twice")
    if isCompleting { precondition(total.map { Int($0) } == stored.count, "completed too early") }
  }
}
