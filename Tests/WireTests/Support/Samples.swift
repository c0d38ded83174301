import PipelineCore
import Wire

/// Fixed messages, the same in golden tests, in tests of each rule and in the specification.
enum Samples {
  static let ventilator = NodeIncarnation(
    node: NodeID(rawValue: 1), incarnation: Incarnation(rawValue: 0xa1a2_a3a4_a5a6_a7a8))
  static let worker = NodeIncarnation(
    node: NodeID(rawValue: 2), incarnation: Incarnation(rawValue: 0xb1b2_b3b4_b5b6_b7b8))
  static let sink = NodeIncarnation(
    node: NodeID(rawValue: 3), incarnation: Incarnation(rawValue: 0xc1c2_c3c4_c5c6_c7c8))
  static let run = RunID(rawValue: 0x1122_3344_5566_7788)
  static let failure = Failure(.data, "not a number", file: 0, offset: 4096, field: 3)

  static func digest(_ bytes: [UInt8]) -> UInt64 { bytes.withUnsafeBytes { Digest.xxh3($0) } }

  static func packet(_ kind: DataKind) -> Packet {
    switch kind {
    case .lane: lane()
    case .results: results()
    case .receipts: receipts()
    case .stage: stage()
    case .stored: stored()
    case .recall: recall()
    }
  }

  static func lane() -> Packet {
    let inline: [UInt8] = Array("a\nb".utf8)
    let carried: [UInt8] = [1, 2, 3, 4]
    let frame = frame(.lane) { encoder in
      encoder.append(
        LaneEntry(
          index: 7, attempt: 1,
          content: .inline(file: 0, offset: 4096, length: 3, digest: digest(inline))))
      encoder.append(
        LaneEntry(
          index: 8, attempt: 2,
          content: .reference(file: 1, offset: 1 << 32, length: 16_777_216)))
      encoder.append(
        LaneEntry(
          index: 9, attempt: 3,
          content: .range(from: -5, count: 2, length: 4, digest: digest(carried))))
    }
    return Packet(frame: frame, payload: inline + carried)
  }

  static func results() -> Packet {
    let result: [UInt8] = Array("b,2\n".utf8)
    let failed = failure.encoded()
    let frame = frame(.results) { encoder in
      encoder.append(
        ResultEntry(
          index: 7, attempt: 1, kind: .result, length: result.count, digest: digest(result),
          rows: 100, skipped: 1, outputRows: 1, microseconds: 2500))
      encoder.append(
        ResultEntry(
          index: 8, attempt: 2, kind: .failure, length: failed.count, digest: digest(failed)))
    }
    return Packet(frame: frame, payload: result + failed)
  }

  static func receipts() -> Packet {
    var payload: [UInt8] = []
    let frame = frame(.receipts) { encoder in
      let outcomes: [Receipt.Outcome] = [
        .stored(digest: 0x0102_0304_0506_0708), .duplicate(digest: 5, agrees: true),
        .duplicate(digest: 6, agrees: false), .failed(failure),
      ]
      for (index, outcome) in outcomes.enumerated() {
        encoder.append(
          Receipt(
            partition: PartitionID(stage: 3, index: UInt32(index)), attempt: 1, worker: worker,
            outcome: outcome), payload: &payload)
      }
    }
    return Packet(frame: frame, payload: payload)
  }

  static func recall() -> Packet {
    let frame = frame(.recall) { encoder in
      encoder.append(RecallEntry(Recall(indexes: 7...7, attempt: 2)))
      encoder.append(RecallEntry(Recall(indexes: 100...1099, attempt: 1)))
    }
    return Packet(frame: frame, payload: [])
  }

  static func stage() -> Packet {
    var encoder = DataEncoder()
    let specification = StageSpecification(
      run: run, stage: 3, name: "report",
      steps: [.init(operator: "sql", configuration: [0, 255])],
      files: [.init(path: "/data/a.csv", size: 1000, modified: -1, inode: 12, device: 2049)])
    let payload = encoder.encode(specification, sender: ventilator, subject: worker)
    return Packet(frame: encoder.withFrame { Array($0) }, payload: payload)
  }

  /// A sink's word that partitions 0, 1, 2, 63, 64 and 130 are stored.
  static func stored() -> Packet {
    var encoder = DataEncoder()
    let payload = encoder.encode(
      PartitionBitmap(words: [1 << 63 | 7, 1, 4]), stage: 3, run: run, sender: sink,
      subject: ventilator)
    return Packet(frame: encoder.withFrame { Array($0) }, payload: payload)
  }

  static let beat = Beat(
    sender: worker, roles: .worker, name: "worker-2", host: "mill", processID: 4711, sequence: 3,
    interval: .milliseconds(250), joined: true,
    endpoints: Beat.Endpoints(lane: "ipc:///run/w2"),
    progress: Beat.Progress(
      partitions: 1, bytes: 2, rows: 3, skipped: 4, duplicates: 5, held: 6, secondAttempts: 7),
    phase: .working,
    underWay: Beat.UnderWay(
      partition: PartitionID(stage: 3, index: 9), elapsed: .milliseconds(1500)))

  static let ventilatorBeat = Beat(
    sender: ventilator, roles: .ventilator, name: "v", host: "mill", processID: 1, sequence: 1,
    interval: .milliseconds(250), joined: false, endpoints: Beat.Endpoints(),
    progress: Beat.Progress(), phase: .exhausted(partitions: 10),
    evictions: [
      Beat.Eviction(worker: worker, requeued: 2, suspect: PartitionID(stage: 3, index: 9))
    ],
    quarantined: [
      Quarantined(partition: PartitionID(stage: 3, index: 8), attempts: 1, failure: failure),
      Quarantined(
        partition: PartitionID(stage: 3, index: 9), attempts: 4,
        failure: Failure(.death, "signal 9")),
    ])

  static let roster = Roster(
    supervisor: ventilator, sequence: 9, interval: .milliseconds(250),
    run: .init(id: run, phase: .running, total: 12, quarantined: [8, 300]),
    members: [
      .init(
        node: worker, roles: .worker, name: "worker-2",
        endpoints: Beat.Endpoints(lane: "ipc:///run/w2"), held: 6)
    ])

  static let order = OrderMessage(run: run, supervisor: ventilator, order: .evict(worker))
  static let orderWithSuspect = OrderMessage(
    run: run, supervisor: ventilator,
    order: .evict(worker, suspect: Suspect(PartitionID(stage: 3, index: 9), isOverTime: true)))

  private static func frame(
    _ kind: DataKind, _ append: (inout DataEncoder) -> Void
  ) -> [UInt8] {
    var encoder = DataEncoder()
    encoder.begin(
      DataHeader(
        kind: kind, stage: 3, run: run, sender: kind == .results ? worker : ventilator,
        subject: kind == .results ? nil : worker))
    append(&encoder)
    encoder.seal()
    return encoder.withFrame { Array($0) }
  }
}
