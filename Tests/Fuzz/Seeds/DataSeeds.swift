import PipelineCore
import Wire

/// Data messages of every kind, with every kind of entry.
enum DataSeeds {
  static var messages: [(frame: [UInt8], payload: [UInt8])] {
    [lane, results, receipts, recall, stage, stored([1 << 63 | 7, 1, 4]), stored([])]
  }

  private static var lane: (frame: [UInt8], payload: [UInt8]) {
    let inline = Array("a\nb".utf8)
    let carried: [UInt8] = [1, 2, 3, 4]
    let contents: [LaneEntry.Content] = [
      .inline(file: 0, offset: 4096, length: inline.count, digest: digest(inline)),
      .reference(file: 1, offset: 1 << 32, length: 16 << 20),
      .range(from: -5, count: 2, length: carried.count, digest: digest(carried)),
      .range(from: 0, count: 0, length: 0, digest: Digest.empty),
    ]
    return message(.lane, inline + carried) { encoder in
      for (index, content) in contents.enumerated() {
        encoder.append(LaneEntry(index: UInt32(index), attempt: 1, content: content))
      }
    }
  }

  private static var recall: (frame: [UInt8], payload: [UInt8]) {
    message(.recall, []) { encoder in
      encoder.append(RecallEntry(Recall(indexes: 7...7, attempt: 2)))
      encoder.append(RecallEntry(Recall(indexes: 100...1099, attempt: 1)))
    }
  }

  private static var results: (frame: [UInt8], payload: [UInt8]) {
    let result = Array("b,2\n".utf8)
    let failed = CommonSeeds.failure.encoded()
    return message(.results, result + failed) { encoder in
      encoder.append(
        ResultEntry(
          index: 7, attempt: 1, kind: .result, length: result.count, digest: digest(result),
          rows: 100, skipped: 1, outputRows: 1, microseconds: 2500))
      encoder.append(
        ResultEntry(
          index: 8, attempt: 2, kind: .failure, length: failed.count, digest: digest(failed)))
    }
  }

  private static var receipts: (frame: [UInt8], payload: [UInt8]) {
    let outcomes: [Receipt.Outcome] = [
      .stored(digest: 0x0102_0304_0506_0708), .duplicate(digest: 5, agrees: true),
      .duplicate(digest: 6, agrees: false), .failed(CommonSeeds.failure),
    ]
    var payload: [UInt8] = []
    var message = message(.receipts, []) { encoder in
      for (index, outcome) in outcomes.enumerated() {
        encoder.append(
          Receipt(
            partition: PartitionID(stage: 3, index: UInt32(index)), attempt: 1,
            worker: CommonSeeds.worker, outcome: outcome), payload: &payload)
      }
    }
    message.payload = payload
    return message
  }

  private static var stage: (frame: [UInt8], payload: [UInt8]) {
    var encoder = DataEncoder()
    let payload = encoder.encode(
      CommonSeeds.specification, sender: CommonSeeds.ventilator, subject: CommonSeeds.worker)
    return (encoder.withFrame { Array($0) }, payload)
  }

  private static func stored(_ words: [UInt64]) -> (frame: [UInt8], payload: [UInt8]) {
    var encoder = DataEncoder()
    let payload = encoder.encode(
      PartitionBitmap(words: words), stage: 3, run: CommonSeeds.run, sender: CommonSeeds.sink,
      subject: CommonSeeds.ventilator)
    return (encoder.withFrame { Array($0) }, payload)
  }

  private static func message(
    _ kind: DataKind, _ payload: [UInt8], _ append: (inout DataEncoder) -> Void
  ) -> (frame: [UInt8], payload: [UInt8]) {
    var encoder = DataEncoder()
    encoder.begin(
      DataHeader(
        kind: kind, stage: 3, run: CommonSeeds.run, sender: CommonSeeds.ventilator,
        subject: kind == .results ? nil : CommonSeeds.worker))
    append(&encoder)
    encoder.seal()
    return (encoder.withFrame { Array($0) }, payload)
  }

  private static func digest(_ bytes: [UInt8]) -> UInt64 {
    bytes.withUnsafeBytes { Digest.xxh3($0) }
  }
}
