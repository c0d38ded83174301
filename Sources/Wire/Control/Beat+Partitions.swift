import PipelineCore

extension Beat.Eviction {
  init(_ proto: ProtoBeat.Eviction, _ check: FieldCheck) throws(WireError) {
    self.init(
      worker: try check.node(proto.worker, "an evicted worker"), requeued: proto.requeued,
      suspect: proto.hasSuspect ? PartitionID(proto.suspect) : nil)
  }
}

extension ProtoBeat.Eviction {
  init(_ value: Beat.Eviction) {
    self.init()
    worker = ProtoNodeIncarnation(value.worker)
    requeued = value.requeued
    if let partition = value.suspect { suspect = ProtoBeat.Partition(partition) }
  }
}

extension Beat.UnderWay {
  init(_ proto: ProtoBeat.UnderWay, _ check: FieldCheck) throws(WireError) {
    guard let elapsed = Int64(exactly: proto.elapsedNanoseconds) else {
      throw check.fail(
        "a partition has been under way for \(proto.elapsedNanoseconds) ns, above 2^63 - 1")
    }
    guard proto.hasPartition else { throw check.fail("what is under way has no partition") }
    self.init(partition: PartitionID(proto.partition), elapsed: Span(nanoseconds: elapsed))
  }
}

extension ProtoBeat.UnderWay {
  init(_ value: Beat.UnderWay) {
    self.init()
    partition = ProtoBeat.Partition(value.partition)
    elapsedNanoseconds = UInt64(clamping: value.elapsed.nanoseconds)
  }
}

extension Quarantined {
  init(_ proto: ProtoBeat.Quarantined, _ check: FieldCheck) throws(WireError) {
    guard proto.hasPartition else { throw check.fail("what is in quarantine has no partition") }
    guard let attempts = UInt16(exactly: proto.attempts), attempts >= 1 else {
      throw check.fail(
        "a partition in quarantine has \(proto.attempts) attempts; 1 to 65535 are allowed")
    }
    let failure = try Failure(proto.failure, in: check.message)
    let length = failure.message.utf8.count
    guard length <= WireLimits.quarantinedMessage else {
      throw check.fail(
        "the failure of a partition in quarantine has a message of \(length) bytes; "
          + "at most \(WireLimits.quarantinedMessage) are allowed")
    }
    self.init(partition: PartitionID(proto.partition), attempts: attempts, failure: failure)
  }
}

extension ProtoBeat.Quarantined {
  init(_ value: Quarantined) {
    self.init()
    partition = ProtoBeat.Partition(value.partition)
    attempts = UInt32(value.attempts)
    var cut = value.failure
    cut.message = cut.message.prefix(utf8Limit: WireLimits.quarantinedMessage)
    failure = ProtoFailure(cut)
  }
}

extension PartitionID {
  init(_ proto: ProtoBeat.Partition) {
    self.init(stage: proto.stage, index: proto.index)
  }
}

extension ProtoBeat.Partition {
  init(_ value: PartitionID) {
    self.init()
    stage = value.stage
    index = value.index
  }
}
