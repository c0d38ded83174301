package import PipelineCore

/// Writes the first frame of data messages, one message after the other into the same memory.
///
/// ```swift
/// encoder.begin(DataHeader(kind: .results, …))
/// encoder.append(ResultEntry(…))
/// encoder.seal()
/// encoder.withFrame { frame in … }
/// ```
package struct DataEncoder: Sendable {
  private var storage: [UInt8]
  private var header: DataHeader?
  private var sealed = false
  /// Entries of the message so far.
  package private(set) var count = 0
  /// Bytes that the second frame must have.
  package private(set) var payloadLength = 0

  /// An encoder with room for `entries` entries before it has to grow.
  package init(capacity entries: Int = 64) {
    storage = [UInt8](repeating: 0, count: RawHeader.size + entries * RawEntry.size)
  }

  /// Whether no further entry fits into the message.
  package var isFull: Bool { count == WireLimits.entries }

  /// Starts a message and forgets the one before.
  ///
  /// The sender's incarnation must not be 0, and there must be a subject, with an incarnation other
  /// than 0, unless the kind is ``DataKind/results``.
  package mutating func begin(_ header: DataHeader) {
    precondition(header.sender.incarnation.rawValue != 0, "a sender has an incarnation")
    precondition(
      header.kind == .results
        ? header.subject == nil : (header.subject?.incarnation.rawValue ?? 0) != 0,
      "every message but results has a subject")
    self.header = header
    sealed = false
    count = 0
    payloadLength = 0
  }

  /// Adds a partition to a lane message.
  package mutating func append(_ entry: LaneEntry) { append(entry, to: .lane) }

  /// Adds an answer to a results message.
  package mutating func append(_ entry: ResultEntry) { append(entry, to: .results) }

  /// Adds a receipt to a receipts message.
  package mutating func append(_ entry: ReceiptEntry) { append(entry, to: .receipts) }

  /// Adds what is called back to a recall message.
  package mutating func append(_ entry: RecallEntry) { append(entry, to: .recall) }

  /// Completes the message with the number of its entries and its digest.
  package mutating func seal() {
    precondition(count > 0, "a message has at least one entry")
    let length = frameLength
    seal { UnsafeRawBufferPointer(rebasing: $0[RawHeader.size..<length]) }
  }

  /// Writes a whole stage message and returns its second frame.
  ///
  /// - Parameters:
  ///   - sender: the ventilator.
  ///   - subject: the worker.
  package mutating func encode(
    _ specification: StageSpecification, sender: NodeIncarnation, subject: NodeIncarnation
  ) -> [UInt8] {
    begin(
      DataHeader(
        kind: .stage, stage: specification.stage, run: specification.run, sender: sender,
        subject: subject))
    return seal(whole: specification.encoded())
  }

  /// Writes a whole stored message and returns its second frame.
  ///
  /// - Parameters:
  ///   - stored: all partitions of the stage whose results are stored.
  ///   - sender: the sink.
  ///   - subject: the ventilator or supervisor.
  package mutating func encode(
    _ stored: PartitionBitmap, stage: UInt32, run: RunID, sender: NodeIncarnation,
    subject: NodeIncarnation
  ) -> [UInt8] {
    begin(DataHeader(kind: .stored, stage: stage, run: run, sender: sender, subject: subject))
    return seal(whole: stored.encoded())
  }

  /// Completes a message whose second frame is one whole, and returns that frame.
  private mutating func seal(whole payload: [UInt8]) -> [UInt8] {
    payloadLength = payload.count
    payload.withUnsafeBytes { payload in seal { _ in payload } }
    return payload
  }

  /// The first frame of the sealed message; valid during the call.
  package func withFrame<Result>(
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    precondition(sealed, "seal the message first")
    return try storage.withUnsafeBytes {
      try body(UnsafeRawBufferPointer(rebasing: $0[..<frameLength]))
    }
  }

  private var frameLength: Int { RawHeader.size + count * RawEntry.size }

  private mutating func append(_ entry: some DataEntry, to kind: DataKind) {
    precondition(header?.kind == kind && !sealed, "the message is of another kind or sealed")
    precondition(!isFull, "a message has at most \(WireLimits.entries) entries")
    let raw = entry.raw
    assert(type(of: entry).problem(in: raw) == nil, "the entry breaks the specification")
    let offset = frameLength
    if offset + RawEntry.size > storage.count {
      storage.append(contentsOf: repeatElement(0, count: max(storage.count, RawEntry.size)))
    }
    storage.withUnsafeMutableBytes { raw.store(to: $0, at: offset) }
    count += 1
    payloadLength += entry.payloadLength
  }

  /// Writes the header; `body` picks the bytes that the digest covers besides it.
  private mutating func seal(
    over body: (UnsafeRawBufferPointer) -> UnsafeRawBufferPointer
  ) {
    guard let header, !sealed else { preconditionFailure("begin a message before sealing it") }
    storage.withUnsafeMutableBytes { storage in
      var raw = RawHeader(header, count: count, digest: 0)
      raw.store(to: storage)
      let bytes = UnsafeRawBufferPointer(storage)
      raw.digest = Digest.ofMessage(
        header: UnsafeRawBufferPointer(rebasing: bytes[..<RawHeader.coveredSize]),
        body: body(bytes))
      raw.store(to: storage)
    }
    sealed = true
  }
}
