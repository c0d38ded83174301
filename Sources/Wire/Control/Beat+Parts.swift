import PipelineCore

extension Beat.Progress {
  init(_ proto: ProtoProgress) {
    self.init(
      partitions: proto.partitions, bytes: proto.bytes, rows: proto.rows, skipped: proto.skipped,
      duplicates: proto.duplicates, held: proto.held, secondAttempts: proto.secondAttempts)
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
      case .left: .left
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
    held = value.held
    secondAttempts = value.secondAttempts
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
    case .left: self = .left(ProtoBeat.Left())
    }
  }
}
