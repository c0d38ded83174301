package import PipelineCore

extension NodeID {
  /// The supervisor of a run or a cluster.
  package static let supervisor = NodeID(rawValue: 1)
  /// The one ventilator of a run or a cluster: one that starts again takes the place of the one before.
  package static let ventilator = NodeID(rawValue: 2)
  /// The one sink of a run or a cluster.
  package static let sink = NodeID(rawValue: 3)

  /// An id for a worker of a cluster that no other has, in all likelihood.
  package static func randomWorker() -> NodeID {
    NodeID(rawValue: .random(in: (1 << 32) ... .max))
  }
}
