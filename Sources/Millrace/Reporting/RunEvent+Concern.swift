import PipelineCore

extension RunEvent {
  /// The node that it is about.
  var node: NodeID? {
    switch self {
    case .joined(let node, _, _), .requeued(let node, _, _, _), .attemptFailed(_, _, let node, _),
      .differs(_, let node), .unreachable(let node, _, _, _):
      node.node
    case .lost(let loss): loss.node.node
    case .neverJoined(let node, _, _), .restarted(let node, _, _), .idTaken(let node, _, _, _, _):
      node
    case .quarantined, .waiting: nil
    }
  }

  /// The partition that it is about.
  var partition: PartitionID? {
    switch self {
    case .requeued(_, _, _, let suspect): suspect
    case .attemptFailed(let partition, _, _, _), .differs(let partition, _): partition
    case .quarantined(let given): given.partition
    case .lost(let loss):
      if case .stuck(let partition, _) = loss.cause { partition } else { nil }
    case .joined, .waiting, .neverJoined, .restarted, .idTaken, .unreachable: nil
    }
  }
}
