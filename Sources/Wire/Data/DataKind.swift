/// What a data message carries.
package enum DataKind: UInt8, Sendable, CaseIterable {
  /// Partitions, from a ventilator to a worker.
  case lane = 1
  /// Results and failures, from a worker to a sink.
  case results = 2
  /// What was stored, from a sink to ventilators and supervisors.
  case receipts = 3
  /// A stage's specification, from a ventilator to a worker: the first message on a lane.
  case stage = 4
  /// All partitions whose results are stored, from a sink to ventilators and supervisors.
  case stored = 5
  /// Partitions that need not be begun, from a ventilator to a worker.
  case recall = 6

  /// A name for messages to people.
  var name: String {
    switch self {
    case .lane: "lane message"
    case .results: "results message"
    case .receipts: "receipts message"
    case .stage: "stage message"
    case .stored: "stored message"
    case .recall: "recall message"
    }
  }

  /// Whether the message is a list of entries; the digest of others covers the second frame.
  var hasEntries: Bool {
    switch self {
    case .lane, .results, .receipts, .recall: true
    case .stage, .stored: false
    }
  }
}
