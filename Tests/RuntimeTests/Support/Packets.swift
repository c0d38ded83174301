import PipelineCore
import Testing
import Wire
import ZeroMQ

@testable import Runtime

/// A data message as the bytes of its two frames.
struct Packet {
  var frame: [UInt8]
  var payload: [UInt8]

  /// A lane message with these partitions inline, of file 0 at consecutive offsets.
  static func lane(
    _ texts: [String], firstIndex: UInt32 = 0, run: RunID = .test, from sender: NodeIncarnation,
    to subject: NodeIncarnation, at start: Int64 = 0
  ) -> Packet {
    var encoder = DataEncoder()
    var payload: [UInt8] = []
    encoder.begin(DataHeader(kind: .lane, stage: 0, run: run, sender: sender, subject: subject))
    for (position, text) in texts.enumerated() {
      let part = bytes(text)
      encoder.append(
        LaneEntry(
          index: firstIndex + UInt32(position), attempt: 1,
          content: .inline(
            file: 0, offset: start + Int64(payload.count), length: part.count,
            digest: part.withUnsafeBytes { Digest.xxh3($0) })))
      payload += part
    }
    encoder.seal()
    return Packet(frame: encoder.withFrame { Array($0) }, payload: payload)
  }

  /// The first message on a lane.
  static func stage(
    _ specification: StageSpecification, from sender: NodeIncarnation, to subject: NodeIncarnation
  ) -> Packet {
    var encoder = DataEncoder()
    let payload = encoder.encode(specification, sender: sender, subject: subject)
    return Packet(frame: encoder.withFrame { Array($0) }, payload: payload)
  }

  /// A results message with one answer.
  static func result(
    _ text: String, index: UInt32, run: RunID = .test, from sender: NodeIncarnation
  ) -> Packet {
    let payload = bytes(text)
    var encoder = DataEncoder()
    encoder.begin(DataHeader(kind: .results, stage: 0, run: run, sender: sender, subject: nil))
    encoder.append(
      ResultEntry(
        index: index, attempt: 1, kind: .result, length: payload.count,
        digest: payload.withUnsafeBytes { Digest.xxh3($0) }, outputRows: 1))
    encoder.seal()
    return Packet(frame: encoder.withFrame { Array($0) }, payload: payload)
  }

  var shared: (SharedMessage, SharedMessage) {
    (SharedMessage(Message(copying: frame)), SharedMessage(Message(copying: payload)))
  }

  /// Reads the message.
  func open<Result>(_ body: (DataMessage) throws -> Result) throws -> Result {
    try frame.withUnsafeBytes { frame in
      try payload.withUnsafeBytes { payload in
        try body(try DataMessage(frame: frame, payload: payload))
      }
    }
  }
}

/// A worker's answer for one partition.
struct Answer: Equatable {
  var index: UInt32
  var bytes: [UInt8] = []
  var counts: [UInt32] = []
  var failure: Failure?

  /// The answers in a results message, each checked against its digest.
  static func all(in packet: Packet) throws -> (sender: NodeIncarnation, answers: [Answer]) {
    try packet.open { message in
      guard case .results(let entries) = message.content else {
        Issue.record("the message has no results")
        return (message.header.sender, [])
      }
      let answers = try entries.map { entry, payload in
        try entry.verify(payload: payload)
        switch entry.kind {
        case .result:
          return Answer(
            index: entry.index, bytes: Array(payload),
            counts: [entry.rows, entry.skipped, entry.outputRows])
        case .failure: return Answer(index: entry.index, failure: try Failure(wire: payload))
        }
      }
      return (message.header.sender, answers)
    }
  }
}

extension RunID {
  static let test = RunID(rawValue: 0x7e57)
}

extension NodeIncarnation {
  /// A node's start.
  init(_ node: UInt64, _ incarnation: UInt64) {
    self.init(
      node: NodeID(rawValue: node), incarnation: Incarnation(rawValue: incarnation))
  }
}

extension StageSpecification {
  /// A stage of these operators.
  init(_ operators: [String], files: [File] = []) {
    self.init(
      run: .test, stage: 0, name: "report",
      steps: operators.map { Step(operator: $0, configuration: []) }, files: files)
  }
}
