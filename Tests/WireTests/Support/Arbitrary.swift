import PipelineCore
import Wire

/// Values for round trips, with the extremes of each range well represented.
struct Arbitrary {
  var random: Random

  init(seed: UInt64) { random = Random(seed: seed) }

  mutating func word() -> UInt64 {
    [0, 1, .max, random.next(), random.next() >> 40].randomElement(using: &random)!
  }

  mutating func small() -> UInt32 { UInt32(truncatingIfNeeded: word()) }

  mutating func attempt() -> UInt16 { [1, 2, .max].randomElement(using: &random)! }

  mutating func node() -> NodeIncarnation {
    NodeIncarnation(
      node: NodeID(rawValue: word()), incarnation: Incarnation(rawValue: max(1, word())))
  }

  mutating func text(required: Bool = false) -> String {
    let samples = [
      "a", "worker-2", "tcp://10.0.0.7:5555", "Zoë’s 🖥", String(repeating: "x", count: 4096),
    ]
    return (required ? samples : samples + [""]).randomElement(using: &random)!
  }

  mutating func failure() -> Failure {
    Failure(
      Failure.Kind.allCases.randomElement(using: &random)!, text(),
      file: [-1, 0, .max].randomElement(using: &random)!,
      offset: [-1, 0, .max].randomElement(using: &random)!, field: small())
  }

  mutating func payload() -> [UInt8] { random.bytes(Int.random(in: 0...40, using: &random)) }

  mutating func header(_ kind: DataKind) -> DataHeader {
    DataHeader(
      kind: kind, stage: small(), run: RunID(rawValue: word()), sender: node(),
      subject: kind == .results ? nil : node())
  }

  mutating func laneEntry(_ payload: inout [UInt8]) -> LaneEntry {
    let content: LaneEntry.Content
    switch Int.random(in: 0..<4, using: &random) {
    case 2:
      let bytes = self.payload()
      payload += bytes
      content = .compressed(
        file: small(), offset: Int64(word() >> 2), length: bytes.count, digest: digest(bytes),
        size: UInt32.random(in: 0...UInt32(WireLimits.partition), using: &random))
    case 0:
      let bytes = self.payload()
      payload += bytes
      content = .inline(
        file: small(), offset: Int64(word() >> 2), length: bytes.count, digest: digest(bytes))
    case 1:
      content = .reference(
        file: small(), offset: Int64(word() >> 2), length: Int(word() >> 2))
    default:
      let count = UInt32.random(in: 0...5, using: &random)
      let bytes = random.bytes(Int(count) * 3)
      payload += bytes
      content = .range(
        from: [.min, -1, 0, .max - 5].randomElement(using: &random)!, count: count,
        length: bytes.count, digest: digest(bytes))
    }
    return LaneEntry(index: small(), attempt: attempt(), content: content)
  }

  mutating func resultEntry(_ payload: inout [UInt8]) -> ResultEntry {
    let failed = random.chance(4)
    let bytes = failed ? failure().encoded() : self.payload()
    payload += bytes
    return ResultEntry(
      index: small(), attempt: attempt(), kind: failed ? .failure : .result, length: bytes.count,
      digest: digest(bytes), rows: small(), skipped: small(), outputRows: small(),
      microseconds: small())
  }

  mutating func receipt(stage: UInt32, worker: NodeIncarnation) -> Receipt {
    let outcome: Receipt.Outcome =
      switch Int.random(in: 0..<4, using: &random) {
      case 0: .stored(digest: word())
      case 1: .duplicate(digest: word(), agrees: true)
      case 2: .duplicate(digest: word(), agrees: false)
      default: .failed(failure())
      }
    var count: UInt32 = 1
    if case .stored = outcome { count = UInt32.random(in: 1...9, using: &random) }
    return Receipt(
      partition: PartitionID(stage: stage, index: small() & ~15), count: count, attempt: attempt(),
      worker: worker, outcome: outcome)
  }

  mutating func specification() -> StageSpecification {
    StageSpecification(
      run: RunID(rawValue: word()), stage: small(), name: text(),
      steps: (0...Int.random(in: 0...3, using: &random)).map { _ in
        .init(operator: text(required: true), configuration: payload())
      },
      files: (0..<Int.random(in: 0...3, using: &random)).map { _ in
        .init(
          path: text(required: true), size: Int64(word() >> 1),
          modified: Int64(bitPattern: word()), inode: word(), device: word())
      })
  }

  func digest(_ bytes: [UInt8]) -> UInt64 { bytes.withUnsafeBytes { Digest.xxh3($0) } }
}
