import PipelineCore
import Wire

/// The two frames of a data message, owned.
struct Packet: Equatable {
  var frame: [UInt8]
  var payload: [UInt8]

  /// Decodes without checking payloads; the message lives during the call.
  func decoding<Result>(_ body: (DataMessage) throws -> Result) throws -> Result {
    try frame.withUnsafeBytes { frame in
      try payload.withUnsafeBytes { payload in
        try body(try DataMessage(frame: frame, payload: payload))
      }
    }
  }

  /// All that a careful receiver learns, or the error of the first check that fails.
  func opened() throws -> Opened {
    try decoding { message in
      var opened = Opened(header: message.header)
      switch message.content {
      case .lane(let entries):
        for (entry, payload) in entries {
          try entry.verify(payload: payload)
          opened.lane.append(entry)
          opened.payloads.append(Array(payload))
        }
      case .results(let entries):
        for (entry, payload) in entries {
          try entry.verify(payload: payload)
          opened.results.append(entry)
          opened.payloads.append(Array(payload))
        }
      case .receipts(let entries):
        for (entry, payload) in entries {
          opened.receipts.append(try Receipt(entry, payload: payload, header: message.header))
        }
      case .recall(let entries):
        for (entry, _) in entries { opened.recalls.append(entry.recall) }
      case .stage(let specification): opened.specification = specification
      case .stored(let set): opened.stored = set
      }
      return opened
    }
  }

  /// The error of ``opened()``, or `nil`.
  func refusal() -> WireError? {
    do {
      _ = try opened()
      return nil
    } catch {
      return error as? WireError
    }
  }

  /// Writes the digest that the frame's bytes should have: what a peer that means harm would do.
  mutating func reseal() {
    guard frame.count >= 64 else { return }
    let header = Array(frame[..<56])
    let isWhole = frame[2] == DataKind.stage.rawValue || frame[2] == DataKind.stored.rawValue
    let body = isWhole ? payload : Array(frame[64...])
    let seed = header.withUnsafeBytes { Digest.xxh3($0) }
    let digest = body.withUnsafeBytes { Digest.xxh3($0, seed: seed) }
    withUnsafeBytes(of: digest.littleEndian) { frame.replaceSubrange(56..<64, with: $0) }
  }
}

/// What was in a packet.
struct Opened: Equatable {
  var header: DataHeader
  var lane: [LaneEntry] = []
  var results: [ResultEntry] = []
  var receipts: [Receipt] = []
  var recalls: [Recall] = []
  var payloads: [[UInt8]] = []
  var specification: StageSpecification?
  var stored: PartitionBitmap?

  init(header: DataHeader) { self.header = header }
}
