package import PipelineCore

/// Something that happened in a run. What it was is said by a line of `--json`, which the ledger does
/// not look into.
package struct LedgerEvent: Sendable, Equatable {
  /// Milliseconds since 1970.
  package var at: Int64
  /// The word that `--json` has for it, for instance `lost`.
  package var kind: String
  /// The node it is about.
  package var node: NodeID?
  /// The partition it is about.
  package var partition: PartitionID?
  /// The line of `--json`.
  package var json: String

  package init(
    at: Int64, kind: String, node: NodeID? = nil, partition: PartitionID? = nil, json: String
  ) {
    self.at = at
    self.kind = kind
    self.node = node
    self.partition = partition
    self.json = json
  }

  /// An event and its place in the ledger.
  package struct Recorded: Sendable, Equatable {
    /// From 1, rising in the order of recording.
    package var number: Int64
    /// The session it happened in.
    package var session: Int64
    package var event: LedgerEvent

    package init(number: Int64, session: Int64, event: LedgerEvent) {
      self.number = number
      self.session = session
      self.event = event
    }
  }
}
