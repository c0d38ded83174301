package import PipelineCore

extension DataEncoder {
  /// Adds a receipt to a receipts message about its worker, and the failure it may hold to the
  /// second frame.
  package mutating func append(_ receipt: Receipt, payload: inout [UInt8]) {
    let outcome: ReceiptEntry.Outcome
    switch receipt.outcome {
    case .stored(let digest): outcome = .stored(count: receipt.count, digest: digest)
    case .duplicate(let digest, let agrees):
      outcome = .duplicate(digest: digest, agrees: agrees)
    case .failed(let failure):
      let bytes = failure.encoded()
      outcome = .failed(length: bytes.count, digest: bytes.withUnsafeBytes { Digest.xxh3($0) })
      payload.append(contentsOf: bytes)
    }
    append(
      ReceiptEntry(index: receipt.partition.index, attempt: receipt.attempt, outcome: outcome))
  }
}

extension Receipt {
  /// Reads an entry of a receipts message, after checking its payload's digest.
  ///
  /// - Parameters:
  ///   - entry: the entry and its payload, from ``ReceiptEntries``.
  ///   - header: the message's header; its kind is ``DataKind/receipts``.
  /// - Throws: ``WireError`` with code `corrupt` or `malformed`.
  package init(
    _ entry: ReceiptEntry, payload: UnsafeRawBufferPointer, header: DataHeader
  ) throws(WireError) {
    guard let worker = header.subject else {
      preconditionFailure("receipts have a subject")
    }
    try entry.verify(payload: payload)
    let outcome: Outcome =
      switch entry.outcome {
      case .stored(_, let digest): .stored(digest: digest)
      case .duplicate(let digest, let agrees): .duplicate(digest: digest, agrees: agrees)
      case .failed: .failed(try Failure(wire: payload))
      }
    self.init(
      partition: PartitionID(stage: header.stage, index: entry.index),
      count: UInt32(entry.partitionCount), attempt: entry.attempt, worker: worker, outcome: outcome)
  }
}
