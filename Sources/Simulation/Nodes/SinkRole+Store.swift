import PipelineCore
import ResultStore

extension SinkRole {
  /// Reads what the store holds.
  func recoverStore(in world: World) throws -> [Sink.Recovered] {
    #if PLANTED_FAULTS
    if world.plan.plantedInWorld == .recoverySkipped {
      _ = try store.recover { _ in }
      return []
    }
    #endif
    var found: [StoredResult] = []
    _ = try store.recover { found.append($0) }
    var recovered: [Sink.Recovered] = []
    recovered.reserveCapacity(found.count)
    for result in found {
      var bytes: [UInt8] = []
      try ResultReader(disk: disk).read(result.place) { bytes.append(contentsOf: $0) }
      merge.insert(result.index, at: result.place, term: PartitionResult.term(of: bytes))
      recovered.append(
        Sink.Recovered(
          index: result.index, digest: result.digest, bytes: UInt64(result.place.length),
          counts: Sink.Counts(
            rows: result.rows, skipped: result.skipped, outputRows: result.outputRows)))
    }
    try world.judgeRecovery(recovered.map(\.index))
    #if PLANTED_FAULTS
    if world.plan.plantedInWorld == .tornTailTrusted {
      recovered += world.trustedTail(besides: recovered.map(\.index))
    }
    #endif
    world.tell("store recovered", node: beat.sender, number: UInt64(recovered.count))
    return recovered
  }

  /// Appends results to the store and merges them.
  func append(_ results: [(Sink.Item, [UInt8])], in world: World) throws {
    var memory: [UInt8] = []
    for (_, payload) in results { memory += payload }
    let places = try memory.withUnsafeBytes { memory in
      var start = 0
      let new = results.map { item, payload in
        defer { start += payload.count }
        guard case .result(let digest, _, let counts) = item.outcome else {
          preconditionFailure("a failed attempt is stored")
        }
        return NewResult(
          index: item.partition.index, digest: digest, rows: counts.rows,
          skipped: counts.skipped, outputRows: counts.outputRows,
          payload: UnsafeRawBufferPointer(rebasing: memory[start..<start + payload.count]))
      }
      return try store.append(new)
    }
    for ((item, payload), place) in zip(results, places) {
      let index = item.partition.index
      if merge.contains(index) { throw Violation("merged twice", index) }
      merge.insert(index, at: place, term: PartitionResult.term(of: payload))
      flush.appended.append(index)
      world.noteAppended(index)
    }
  }

  /// Starts to make durable what waits, unless that is being done.
  func beginFlush(in world: World) throws(Violation) {
    guard canStore, flush.underWay == nil, flush.token > flush.doneToken else { return }
    guard world.plan.durability == .machine else {
      world.noteDurable(flush.appended)
      flush.appended.removeAll()
      flush.doneToken = flush.token
      try handle(.persisted(token: flush.token), in: world)
      return
    }
    flush.underWay = (flush.token, store.takeUnflushed(), flush.appended)
    flush.appended.removeAll()
    world.queue.insert(
      .timer(process, .flushed), at: world.now + world.flushTime())
  }

  /// The files were flushed, or could not be.
  func finishFlush(in world: World) throws(Violation) {
    guard let done = flush.underWay else { return }
    flush.underWay = nil
    do {
      try flushFiles(done.names, in: world)
    } catch {
      try fail(in: world)
      return
    }
    guard canStore else { return }
    if !world.flushLies { world.noteDurable(done.partitions) }
    flush.doneToken = done.token
    try handle(.persisted(token: done.token), in: world)
    try beginFlush(in: world)
  }

  private func flushFiles(_ names: [String], in world: World) throws(StoreError) {
    if world.flushLies { return }
    for name in names { try disk.flush(name) }
  }

  /// Starts to write the output.
  func beginOutput(in world: World) {
    world.queue.insert(
      .timer(process, .outputWritten), at: world.now + world.generator.span(100_000...50_000_000))
  }

  /// The output is written and renamed.
  func finishOutput(in world: World) throws(Violation) {
    guard let (partitions, without) = completing else { return }
    completing = nil
    var output = SimulatedOutput(without: without)
    do {
      for index in 0..<partitions {
        guard let place = Int(index) < merge.places.count ? merge.places[Int(index)] : nil else {
          continue
        }
        try ResultReader(disk: disk).read(place) { output.bytes.append(contentsOf: $0) }
        output.indexes.append(index)
      }
    } catch {
      world.noteStoreFailure()
      try handle(.outputFailed(Failure(.operating, "the disk is at fault")), in: world)
      return
    }
    for index in without where merge.contains(index) {
      throw Violation("left out although it is stored", index)
    }
    if let missing = (0..<partitions).first(where: {
      !merge.contains($0) && !without.contains($0)
    }) {
      throw Violation("the output is written without it", missing)
    }
    output.sum = merge.finish(total: partitions, without: without)
    try world.judgeOutput(output)
    try handle(
      .outputWritten(rows: UInt64(output.indexes.count), bytes: UInt64(output.bytes.count)),
      in: world)
  }
}
