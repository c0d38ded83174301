import PipelineCore

extension Beat.Progress {
  init(_ proto: ProtoProgress) {
    self.init(
      partitions: proto.partitions, bytes: proto.bytes, rows: proto.rows, skipped: proto.skipped,
      duplicates: proto.duplicates)
  }
}

extension Beat.Phase {
  init(_ proto: ProtoBeat.OneOf_Phase, in name: String) throws(WireError) {
    self =
      switch proto {
      case .working: .working
      case .exhausted(let exhausted): .exhausted(partitions: exhausted.partitions)
      case .finished(let finished): .finished(rows: finished.rows, bytes: finished.bytes)
      case .failed(let failure): .failed(try Failure(failure, in: name))
      }
  }
}

extension ProtoProgress {
  init(_ value: Beat.Progress) {
    self.init()
    partitions = value.partitions
    bytes = value.bytes
    rows = value.rows
    skipped = value.skipped
    duplicates = value.duplicates
  }
}

extension ProtoBeat.OneOf_Phase {
  init(_ value: Beat.Phase) {
    switch value {
    case .working: self = .working(ProtoBeat.Working())
    case .exhausted(let partitions):
      var exhausted = ProtoBeat.Exhausted()
      exhausted.partitions = partitions
      self = .exhausted(exhausted)
    case .finished(let rows, let bytes):
      var finished = ProtoBeat.Finished()
      finished.rows = rows
      finished.bytes = bytes
      self = .finished(finished)
    case .failed(let failure): self = .failed(ProtoFailure(failure))
    }
  }
}

extension Beat.Eviction {
  init(_ proto: ProtoBeat.Eviction, _ check: FieldCheck) throws(WireError) {
    let suspect = proto.suspect
    self.init(
      worker: try check.node(proto.worker, "an evicted worker"), requeued: proto.requeued,
      suspect: proto.hasSuspect
        ? PartitionID(stage: suspect.stage, index: suspect.index) : nil)
  }
}

extension ProtoBeat.Eviction {
  init(_ value: Beat.Eviction) {
    self.init()
    worker = ProtoNodeIncarnation(value.worker)
    requeued = value.requeued
    if let partition = value.suspect {
      var proto = ProtoBeat.Partition()
      proto.stage = partition.stage
      proto.index = partition.index
      suspect = proto
    }
  }
}
