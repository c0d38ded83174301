import PipelineCore

/// The incarnation `start` of the worker node `number`.
func worker(_ number: UInt64, start: UInt64 = 1) -> NodeIncarnation {
  NodeIncarnation(node: NodeID(rawValue: number), incarnation: Incarnation(rawValue: start))
}

/// A moment, in milliseconds from the start of the test.
func at(_ milliseconds: Int64) -> Instant {
  Instant(nanoseconds: 0) + .milliseconds(milliseconds)
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

/// A roster of supervisor incarnation `supervisor`.
func roster(
  _ sequence: UInt64, supervisor: UInt64 = 1, phase: Roster.RunPhase = .running,
  total: UInt32? = nil, workers: [NodeIncarnation] = [], sink: String? = nil
) -> Roster {
  var members = workers.map {
    Roster.Member(node: $0, roles: .worker, name: "worker", endpoints: .init(lane: "lane"))
  }
  if let sink {
    let node = worker(9999)
    members.append(
      Roster.Member(node: node, roles: .sink, name: "sink", endpoints: .init(results: sink)))
  }
  return Roster(
    supervisor: worker(1000, start: supervisor), sequence: sequence, interval: .milliseconds(250),
    run: .init(id: RunID(rawValue: 7), phase: phase, total: total), members: members)
}

/// A beat of a worker, or of another role.
func beat(
  _ sender: NodeIncarnation, _ sequence: UInt64, roles: Roles = .worker, joined: Bool = true,
  interval: Span = .milliseconds(250), phase: Beat.Phase = .working,
  evictions: [Beat.Eviction] = []
) -> Beat {
  Beat(
    sender: sender, roles: roles, name: "node-\(sender.node.rawValue)", host: "here",
    processID: 42, sequence: sequence, interval: interval, joined: joined,
    endpoints: .init(lane: "lane"), progress: .init(), phase: phase, evictions: evictions)
}
