package import PipelineCore

/// A received data message that follows the specification in every respect but its payloads'
/// digests, which ``DataEntry/verify(payload:)`` checks one by one.
///
/// It copies nothing: it is valid as long as the memory of both frames.
package struct DataMessage {
  /// What a message carries, by its header's kind.
  package enum Content {
    /// Partitions for a worker.
    case lane(LaneEntries)
    /// Results and failures for a sink.
    case results(ResultEntries)
    /// What a sink stored, for ventilators and supervisors.
    case receipts(ReceiptEntries)
    /// Partitions that a worker need not begin.
    case recall(RecallEntries)
    /// A stage's specification for a worker.
    case stage(StageSpecification)
    /// All partitions of the header's stage whose results the sink has stored.
    case stored(PartitionBitmap)
  }

  /// What all entries have in common.
  package let header: DataHeader
  /// The entries, the specification or the set.
  package let content: Content

  /// Reads and checks a message of two frames.
  ///
  /// Checks the version, the digest over header and entries, kinds, reserved bytes, ranges, that the
  /// first frame has exactly the length its count of entries asks for and that the second has
  /// exactly the length of all payloads.
  ///
  /// - Parameters:
  ///   - frame: the first frame: header and entries.
  ///   - payload: the second frame: payloads, an encoded stage specification or a set's words.
  /// - Throws: ``WireError``. A message that throws has no effect.
  package init(
    frame: UnsafeRawBufferPointer, payload: UnsafeRawBufferPointer
  ) throws(WireError) {
    guard let major = frame.first else { throw .malformed("data message with an empty frame") }
    guard major == WireVersion.major else { throw .otherMajor(major) }
    guard frame.count >= RawHeader.size else {
      throw .malformed(
        "data message of \(frame.count) bytes; a header has \(RawHeader.size)")
    }
    let raw = RawHeader(frame)
    let entries = UnsafeRawBufferPointer(rebasing: frame[RawHeader.size...])
    let hasEntries = DataKind(rawValue: raw.kind)?.hasEntries ?? true
    // Before all other checks, so that damage is called damage and not the peer's fault.
    guard
      raw.digest
        == Digest.ofMessage(
          header: UnsafeRawBufferPointer(rebasing: frame[..<RawHeader.coveredSize]),
          body: hasEntries ? entries : payload)
    else {
      throw .corrupt(
        "data message of kind \(raw.kind) and \(frame.count) bytes: its digest does not match: "
          + "it was damaged on the way")
    }
    let header = try raw.validated()
    try raw.validateCount(header.kind, frameLength: frame.count)
    self.header = header
    switch header.kind {
    case .lane:
      try Self.validate(entries, of: LaneEntry.self, payload, header.kind)
      content = .lane(LaneEntries(EntryCursor(validated: entries, payload: payload)))
    case .results:
      try Self.validate(entries, of: ResultEntry.self, payload, header.kind)
      content = .results(ResultEntries(EntryCursor(validated: entries, payload: payload)))
    case .receipts:
      try Self.validate(entries, of: ReceiptEntry.self, payload, header.kind)
      content = .receipts(ReceiptEntries(EntryCursor(validated: entries, payload: payload)))
    case .recall:
      try Self.validate(entries, of: RecallEntry.self, payload, header.kind)
      content = .recall(RecallEntries(EntryCursor(validated: entries, payload: payload)))
    case .stage:
      content = .stage(
        try StageSpecification(wire: payload, run: header.run, stage: header.stage))
    case .stored:
      content = .stored(try PartitionBitmap(wire: payload))
    }
  }

  /// Reads the partitions of a lane message again that ``init(frame:payload:)`` has read and whose bytes
  /// have not changed since. Traps when it is no lane message.
  package static func lane(
    validated frame: UnsafeRawBufferPointer, payload: UnsafeRawBufferPointer
  ) -> (header: DataHeader, entries: LaneEntries) {
    do {
      let header = try RawHeader(frame).validated()
      precondition(header.kind == .lane, "a \(header.kind.name) is read as a lane message")
      let entries = UnsafeRawBufferPointer(rebasing: frame[RawHeader.size...])
      return (header, LaneEntries(EntryCursor(validated: entries, payload: payload)))
    } catch {
      preconditionFailure("a message validated on arrival is not valid any more: \(error)")
    }
  }

  /// Checks each entry, and that the payloads they name are exactly the second frame.
  private static func validate<Entry: DataEntry>(
    _ bytes: UnsafeRawBufferPointer, of type: Entry.Type, _ payload: UnsafeRawBufferPointer,
    _ kind: DataKind
  ) throws(WireError) {
    // What is left of the second frame, counted down: never overflows, whatever the lengths say.
    var left = payload.count
    var partitions = 0
    for position in 0..<(bytes.count / RawEntry.size) {
      let raw = RawEntry(bytes, at: position * RawEntry.size)
      if let problem = Entry.problem(in: raw) {
        throw .malformed(
          "\(kind.name), entry \(position) of kind \(raw.kind) for partition \(raw.index): "
            + "\(problem)")
      }
      let entry = Entry(validated: raw)
      partitions += entry.partitionCount
      guard partitions <= WireLimits.entries else {
        throw .malformed("\(kind.name): it is about more than \(WireLimits.entries) partitions")
      }
      let length = entry.payloadLength
      guard length <= left else {
        throw .malformed(
          "\(kind.name), entry \(position) for partition \(raw.index): payload of \(length) bytes "
            + "where the second frame has \(left) left of \(payload.count)")
      }
      left -= length
    }
    guard left == 0 else {
      throw .malformed(
        "\(kind.name): second frame has \(payload.count) bytes, \(left) more than the entries name")
    }
  }
}
