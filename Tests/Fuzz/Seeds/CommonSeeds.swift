import PipelineCore

/// What messages of several kinds have.
enum CommonSeeds {
  static let ventilator = node(1, 0xa1a2_a3a4_a5a6_a7a8)
  static let worker = node(2, 0xb1b2_b3b4_b5b6_b7b8)
  static let sink = node(3, 0xc1c2_c3c4_c5c6_c7c8)
  static let run = RunID(rawValue: 0x1122_3344_5566_7788)
  static let failure = Failure(.data, "not a number", file: 0, offset: 4096, field: 3)

  static var specification: StageSpecification {
    StageSpecification(
      run: run, stage: 3, name: "report",
      steps: [
        .init(operator: "sql", configuration: [0, 255]), .init(operator: "noop", configuration: []),
      ],
      files: [
        .init(path: "/data/a.csv", size: 1000, modified: -1, inode: 12, device: 2049),
        .init(path: "/data/b.csv", size: 0, modified: 1, inode: 13, device: 2049),
      ])
  }

  private static func node(_ id: UInt64, _ incarnation: UInt64) -> NodeIncarnation {
    NodeIncarnation(node: NodeID(rawValue: id), incarnation: Incarnation(rawValue: incarnation))
  }
}
