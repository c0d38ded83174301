import PipelineCore

/// The incarnation `start` of the worker node `number`.
func worker(_ number: UInt64, start: UInt64 = 1) -> NodeIncarnation {
  NodeIncarnation(node: NodeID(rawValue: number), incarnation: Incarnation(rawValue: start))
}

/// A moment, in milliseconds from the start of the test.
func at(_ milliseconds: Int64) -> Instant {
  Instant(nanoseconds: 0) + .milliseconds(milliseconds)
}

extension RunID {
  /// The run that machines in tests take part in.
  static let test = RunID(rawValue: 7)
}

extension PartitionID {
  /// A partition of stage 0.
  init(_ index: UInt32) { self.init(stage: 0, index: index) }
}

extension Failure {
  static let disk = Failure(.operating, "the disk is full")
}

/// A worker's message for a run of results, attempt 1, digest = index.
func results(_ indexes: [UInt32], attempt: UInt16 = 1) -> [Sink.Item] {
  indexes.map { index in result(index, attempt: attempt, digest: UInt64(index)) }
}

func result(_ index: UInt32, attempt: UInt16 = 1, digest: UInt64, rows: UInt32 = 1) -> Sink.Item {
  Sink.Item(
    partition: PartitionID(index), attempt: attempt,
    outcome: .result(
      digest: digest, bytes: 10, counts: Sink.Counts(rows: rows, skipped: 0, outputRows: rows)))
}

/// A roster of supervisor incarnation `supervisor`; `peers` are ventilators.
func roster(
  _ sequence: UInt64, supervisor: UInt64 = 1, phase: Roster.RunPhase = .running,
  total: UInt32? = nil, run: RunID = .test, workers: [NodeIncarnation] = [], sink: String? = nil,
  peers: [NodeIncarnation] = [], quarantined: [UInt32] = []
) -> Roster {
  var members = workers.map {
    Roster.Member(node: $0, roles: .worker, name: "worker", endpoints: .init(lane: "lane"))
  }
  members += peers.map { ventilator($0) }
  if let sink {
    let node = worker(9999)
    members.append(
      Roster.Member(node: node, roles: .sink, name: "sink", endpoints: .init(results: sink)))
  }
  return Roster(
    supervisor: worker(1000, start: supervisor), sequence: sequence, interval: .milliseconds(250),
    run: .init(id: run, phase: phase, total: total, quarantined: quarantined),
    members: members)
}

/// A ventilator on a roster.
func ventilator(_ node: NodeIncarnation, receipts: String = "receipts") -> Roster.Member {
  Roster.Member(
    node: node, roles: .ventilator, name: "ventilator", endpoints: .init(receipts: receipts))
}

/// A beat of a worker, or of another role.
func beat(
  _ sender: NodeIncarnation, _ sequence: UInt64, roles: Roles = .worker, joined: Bool = true,
  interval: Span = .milliseconds(250), phase: Beat.Phase = .working,
  evictions: [Beat.Eviction] = [], held: UInt64 = 0, underWay: Beat.UnderWay? = nil,
  quarantined: [UInt32] = [], run: RunID = .test
) -> Beat {
  Beat(
    sender: sender, roles: roles, name: "node-\(sender.node.rawValue)", host: "here",
    processID: 42, sequence: sequence, interval: interval, joined: joined,
    endpoints: .init(lane: "lane"), progress: .init(held: held), phase: phase,
    evictions: evictions, underWay: underWay, quarantined: quarantined.map(givenUp), run: run)
}

/// A partition in quarantine.
func givenUp(_ index: UInt32) -> Quarantined {
  Quarantined(partition: PartitionID(index), attempts: 4, failure: .disk)
}

/// The set of these indexes.
func bitmap(_ indexes: some Sequence<UInt32>) -> PartitionBitmap {
  var bitmap = PartitionBitmap()
  for index in indexes { bitmap.insert(index) }
  return bitmap
}
