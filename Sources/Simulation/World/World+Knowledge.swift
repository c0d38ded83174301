import PipelineCore
import ResultStore

extension World {
  /// The disk as a process sees it that opens it now.
  func openDisk() -> any StoreDisk {
    disk.restart()
    return disk
  }

  /// How long a flush takes.
  func flushTime() -> Int64 { generator.span(20_000...plan.longestFlush) }

  /// Whether flushes report success and do nothing.
  var flushLies: Bool {
    #if PLANTED_FAULTS
    return plan.plantedInWorld == .flushLies
    #else
    return false
    #endif
  }

  #if PLANTED_FAULTS
  /// What was appended and is not in the store any more, as if it were.
  func trustedTail(besides found: [UInt32]) -> [Sink.Recovered] {
    (0..<UInt32(plan.partitions.count)).filter { appended.contains($0) && !found.contains($0) }
      .map { index in
        let bytes = PartitionResult.bytes(of: index, variant: 0, seed: plan.seed)
        return Sink.Recovered(
          index: index, digest: PartitionResult.digest(of: bytes), bytes: UInt64(bytes.count),
          counts: Sink.Counts(rows: 0, skipped: 0, outputRows: 1))
      }
  }
  #endif

  func noteStoreFailure() { excuses.storeFailed = true }

  func noteAppended(_ index: UInt32) {
    appended.insert(index)
    tell("appended", partition: index)
  }

  func noteDurable(_ indexes: [UInt32]) {
    for index in indexes where durable.insert(index) { tell("durable", partition: index) }
  }

  /// A partition was sent to a worker.
  func noteSent(_ grant: Ventilator.Grant, to worker: NodeIncarnation) {
    holders[Int(grant.index)].append(worker)
  }

  func noteBegun(_ grant: Ventilator.Grant, by worker: NodeIncarnation) {
    tell("begun", partition: grant.index, node: worker, number: UInt64(grant.attempt))
    if durable.contains(grant.index) { statistics.redone += 1 }
  }

  func noteComputed(_ index: UInt32, by worker: NodeIncarnation) {
    tell("computed", partition: index, node: worker)
  }

  /// An attempt failed.
  func noteTrouble(of index: UInt32) { troubles[Int(index)] += 1 }

  /// An incarnation is over, or held to be: each partition that it may hold has had its trouble.
  func noteGone(_ worker: NodeIncarnation) {
    for index in holders.indices where holders[index].contains(worker) {
      holders[index].removeAll { $0 == worker }
      troubles[index] += 1
    }
  }

  /// A worker has left in good order: what it was sent and has not answered is held against nothing.
  func noteReleased(_ worker: NodeIncarnation) {
    for index in holders.indices { holders[index].removeAll { $0 == worker } }
  }

  /// An incarnation is over because its process goes on as another one.
  func noteReplaced(_ old: NodeIncarnation, by new: NodeIncarnation) {
    incarnations[new] = incarnations[old].map { IncarnationState(process: $0.process) }
    incarnations[old]?.overSince = now
    tell("starts anew", node: new)
  }

  func note(_ event: RunEvent) {
    switch event {
    case .lost(let loss):
      tell("lost", node: loss.node, number: UInt64(loss.silence.nanoseconds / 1_000_000))
    case .joined(let node, _, _): tell("joined", node: node)
    case .quarantined(let quarantined):
      tell("reported in quarantine", partition: quarantined.partition.index)
    case .differs(let partition, _): tell("reported to differ", partition: partition.index)
    case .attemptFailed(let partition, let attempt, let worker, _):
      tell("reported to fail", partition: partition.index, node: worker, number: UInt64(attempt))
    case .requeued(let worker, _, let count, _):
      tell("reported re-queued", node: worker, number: UInt64(count))
    case .idTaken(let node, _, _, _, _):
      tell("refused", node: NodeIncarnation(node: node, incarnation: .none))
    case .restarted(let node, _, let count):
      tell(
        "to be started again", node: NodeIncarnation(node: node, incarnation: .none),
        number: UInt64(count))
    case .unreachable(let worker, _, _, _): tell("reported out of reach", node: worker)
    case .waiting, .neverJoined: break
    }
  }

  /// The run that a live worker takes part in, or `nil` if it is none.
  func run(of node: NodeIncarnation) -> RunID? {
    guard let worker = incarnations[node]?.process.worker else { return nil }
    return worker.machine.run ?? RunID.none
  }

  /// Since when a node has sent no beats because it is over or stopped, or `nil` if it beats.
  func silentSince(_ node: NodeIncarnation) -> Int64? {
    guard let state = incarnations[node] else { return nil }
    if let over = state.overSince { return over }
    return state.process.isStopped ? state.process.stoppedAt : nil
  }
}
