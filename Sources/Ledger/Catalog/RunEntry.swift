/// A run in a catalog.
package struct RunEntry: Sendable, Equatable {
  package var files: RunFiles
  package var status: RunStatus
  /// What the run is; `nil` when it is damaged or still being made.
  package var record: RunRecord?
  /// How often a process carried it out.
  package var sessions: Int
  /// Its latest session; `nil` when it is damaged or still being made.
  package var session: RunSession?
  /// Partitions that the ledger knows as stored.
  package var storedPartitions: Int

  package var id: String { files.id }
}
