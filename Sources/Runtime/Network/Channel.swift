import PipelineCore

/// A socket that a node binds for others to connect to.
enum Channel: Sendable, Equatable {
  /// On which this incarnation of a worker receives partitions.
  case lane(NodeIncarnation)
  /// On which a sink receives results.
  case results
  /// On which a ventilator receives orders.
  case orders
  /// On which a ventilator receives receipts.
  case receipts

  /// Its position among the fixed ports of a node: a node binds the channels of one role only.
  var portOffset: UInt16 {
    switch self {
    case .lane, .results, .orders: 0
    case .receipts: 1
    }
  }
}
