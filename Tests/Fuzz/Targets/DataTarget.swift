import PipelineCore
import Wire

/// Lanes, results, receipts, stages and sets of what is stored: what decodes is encoded to the very
/// same bytes, or, where Protocol Buffers are within, to bytes that decode to the same value.
enum DataTarget: FuzzTarget {
  static let name = "data"

  static var seeds: [[UInt8]] {
    DataSeeds.messages.map { message in
      DataInput.encoded(frame: message.frame, payload: message.payload, repairs: .all)
    }
  }

  static func messageStart(in input: UnsafeRawBufferPointer) -> Int? {
    guard let packet = DataInput(input), packet.frame.count >= 64, !packet.payload.isEmpty,
      packet.frame[2] == DataKind.stage.rawValue
    else { return nil }
    return input.count - packet.payload.count
  }

  static func feed(_ input: UnsafeRawBufferPointer) {
    guard let input = DataInput(input) else { return }
    input.frame.withUnsafeBytes { frame in
      input.payload.withUnsafeBytes { payload in feed(frame, payload) }
    }
  }

  private static func feed(_ frame: UnsafeRawBufferPointer, _ payload: UnsafeRawBufferPointer) {
    let message: DataMessage
    do {
      message = try DataMessage(frame: frame, payload: payload)
    } catch {
      require(!error.message.isEmpty, "a refusal says why")
      return
    }
    switch message.content {
    case .lane(let entries):
      check(entries, entries.count, message, frame, payload) { $0.append($1) }
      for (entry, part) in entries { checkDigest(of: entry, part) }
    case .results(let entries):
      check(entries, entries.count, message, frame, payload) { $0.append($1) }
      for (entry, part) in entries {
        checkDigest(of: entry, part)
        if entry.kind == .failure { checkFailure(part) }
      }
    case .receipts(let entries):
      check(entries, entries.count, message, frame, payload) { $0.append($1) }
      for (entry, part) in entries { checkReceipt(entry, part, message.header) }
    case .recall(let entries):
      check(entries, entries.count, message, frame, payload) { $0.append($1) }
    case .stage(let specification): check(specification, message.header)
    case .stored(let set): check(set, message.header, payload)
    }
  }

  /// All entries with their parts make up the message, and so do they when they are encoded again.
  private static func check<Entries: Sequence, Entry: DataEntry>(
    _ entries: Entries, _ count: Int, _ message: DataMessage, _ frame: UnsafeRawBufferPointer,
    _ payload: UnsafeRawBufferPointer, _ append: (inout DataEncoder, Entry) -> Void
  ) where Entries.Element == (entry: Entry, payload: UnsafeRawBufferPointer) {
    var encoder = DataEncoder(capacity: 1)
    encoder.begin(message.header)
    var parts = 0
    for (entry, part) in entries {
      parts += part.count
      append(&encoder, entry)
    }
    encoder.seal()
    require(encoder.count == count, "\(encoder.count) of \(count) entries were seen")
    require(parts == payload.count, "\(parts) of \(payload.count) bytes were seen")
    require(encoder.payloadLength == payload.count, "the encoder expects another payload")
    encoder.withFrame { require(isSame($0, frame), "the encoded entries are other bytes") }
  }

  /// Whether two first frames differ in the minor version at most, which the digest covers.
  private static func isSame(_ one: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer) -> Bool
  {
    if one[1] == other[1] { return one.elementsEqual(other) }
    return one.count == other.count
      && one.indices.allSatisfy { $0 == 1 || (56..<64).contains($0) || one[$0] == other[$0] }
  }

  private static func checkDigest(of entry: some DataEntry, _ part: UnsafeRawBufferPointer) {
    do {
      try entry.verify(payload: part)
    } catch {
      require(error.code == .corrupt, "a wrong digest is damage, and not: \(error)")
    }
  }

  private static func checkFailure(_ part: UnsafeRawBufferPointer) {
    guard let failure = try? Failure(wire: part) else { return }
    let encoded = failure.encoded()
    require(encoded.count <= WireLimits.failure, "an encoded failure has \(encoded.count) bytes")
    let again = encoded.withUnsafeBytes { try? Failure(wire: $0) }
    require(again == failure, "\(failure) came back as \(String(describing: again))")
  }

  private static func checkReceipt(
    _ entry: ReceiptEntry, _ part: UnsafeRawBufferPointer, _ header: DataHeader
  ) {
    guard let receipt = try? Receipt(entry, payload: part, header: header) else { return }
    var encoder = DataEncoder(capacity: 1)
    var payload: [UInt8] = []
    encoder.begin(header)
    encoder.append(receipt, payload: &payload)
    encoder.seal()
    decode(encoder, payload) { again in
      guard case .receipts(var entries) = again.content, let (entry, part) = entries.next() else {
        fatalError("receipts came back as \(again.content)")
      }
      let found = try Receipt(entry, payload: part, header: again.header)
      require(found == receipt, "\(receipt) came back as \(found)")
    }
  }

  private static func check(_ specification: StageSpecification, _ header: DataHeader) {
    guard let worker = header.subject else { fatalError("a stage without a worker") }
    var encoder = DataEncoder(capacity: 1)
    let payload = encoder.encode(specification, sender: header.sender, subject: worker)
    decode(encoder, payload) { again in
      require(again.header == header, "\(header) came back as \(again.header)")
      guard case .stage(let found) = again.content else {
        fatalError("a stage became another kind")
      }
      require(found == specification, "\(specification) came back as \(found)")
    }
  }

  private static func check(
    _ set: PartitionBitmap, _ header: DataHeader, _ payload: UnsafeRawBufferPointer
  ) {
    guard let subject = header.subject else { fatalError("a set for nobody") }
    require(set.count == payload.reduce(0) { $0 + $1.nonzeroBitCount }, "a set's count is wrong")
    var encoder = DataEncoder(capacity: 1)
    let encoded = encoder.encode(
      set, stage: header.stage, run: header.run, sender: header.sender, subject: subject)
    require(encoded.elementsEqual(payload), "a set has two encodings")
    decode(encoder, encoded) { again in
      guard case .stored(let found) = again.content else { fatalError("a set became another kind") }
      require(found == set, "a set came back as another")
    }
  }

  /// Decodes what the encoder has made.
  private static func decode(
    _ encoder: DataEncoder, _ payload: [UInt8], _ body: (DataMessage) throws -> Void
  ) {
    do {
      try encoder.withFrame { frame in
        try payload.withUnsafeBytes { payload in
          try body(try DataMessage(frame: frame, payload: payload))
        }
      }
    } catch {
      fatalError("a message is refused after it was encoded: \(error)")
    }
  }
}
