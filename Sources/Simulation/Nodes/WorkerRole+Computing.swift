import PipelineCore

extension WorkerRole {
  /// How long the partitions of a pack take, one after the other; the last one may never end, or may
  /// kill the process.
  func begin(_ job: Job, in world: World) {
    jobNumber += 1
    begunAt = world.now
    var length: Int64 = 0
    for grant in job.pack.grants {
      let partition = world.plan.partitions[Int(grant.index)]
      world.noteBegun(grant, by: job.sender)
      switch partition.nature {
      case .endless: return
      case .deadly:
        length += partition.duration / 2
        world.queue.insert(.timer(process, .computed(job: jobNumber)), at: world.now + length)
        return
      case .sound, .failing, .faulty, .moody, .fickle: length += partition.duration
      }
    }
    world.queue.insert(.timer(process, .computed(job: jobNumber)), at: world.now + length)
  }

  /// Whether one of the pack's partitions kills the process.
  func kills(_ job: Job, in world: World) -> Bool {
    job.pack.grants.contains { world.plan.partitions[Int($0.index)].nature == .deadly }
  }

  /// The partition that the compute thread works at, for the beat.
  func underWay(at now: Int64, in world: World) -> Beat.UnderWay? {
    guard let current else { return nil }
    var start = begunAt
    for grant in current.pack.grants {
      let partition = world.plan.partitions[Int(grant.index)]
      if partition.nature == .endless || partition.nature == .deadly
        || now < start + partition.duration
      {
        return Beat.UnderWay(
          partition: PartitionID(stage: 0, index: grant.index),
          elapsed: Span(nanoseconds: now - start))
      }
      start += partition.duration
    }
    return nil
  }

  /// What a pack's partitions come to.
  func results(of job: Job, in world: World) -> Message.Results {
    var items: [Sink.Item] = []
    var payloads: [[UInt8]] = []
    items.reserveCapacity(job.pack.grants.count)
    for grant in job.pack.grants {
      let (outcome, payload) = result(of: grant.index, in: world)
      items.append(
        Sink.Item(
          partition: PartitionID(stage: 0, index: grant.index), attempt: grant.attempt,
          outcome: outcome))
      payloads.append(payload)
      if case .failed = outcome {
        world.tell("attempt failed", partition: grant.index, node: job.sender)
        world.noteTrouble(of: grant.index)
      } else {
        world.noteComputed(grant.index, by: job.sender)
      }
    }
    return Message.Results(sender: job.sender, items: items, payloads: payloads)
  }

  private func result(of index: UInt32, in world: World) -> (Sink.Outcome, [UInt8]) {
    let partition = world.plan.partitions[Int(index)]
    switch partition.nature {
    case .failing: return (.failed(Failure(.operating, "out of luck")), [])
    case .faulty: return (.failed(Failure(.data, "a bad record")), [])
    case .moody where world.generator.once(in: 3):
      return (.failed(Failure(.operating, "out of luck this time")), [])
    case .sound, .moody, .fickle, .deadly, .endless: break
    }
    let variant = partition.nature == .fickle ? world.generator.next() : 0
    let payload = PartitionResult.bytes(of: index, variant: variant, seed: world.plan.seed)
    let counts = Sink.Counts(rows: UInt32(partition.size), skipped: 0, outputRows: 1)
    return (
      .result(
        digest: PartitionResult.digest(of: payload), bytes: UInt64(payload.count), counts: counts),
      payload
    )
  }
}
