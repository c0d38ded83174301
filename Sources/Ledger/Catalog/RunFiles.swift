package import PipelineCore

/// Where the parts of a run lie.
package struct RunFiles: Sendable, Hashable {
  /// The run's directory: absolute, without a slash at the end.
  package let directory: String

  package init(directory: String) { self.directory = directory }

  /// The run's id: the directory's name.
  package var id: String {
    String(
      directory[
        (directory.lastIndex(of: "/").map { directory.index(after: $0) } ?? directory.startIndex)...
      ])
  }
  /// The SQLite file.
  package var ledger: String { directory + "/ledger.sqlite" }
  /// The file whose lock says that a process carries the run out.
  package var lock: String { directory + "/lock" }
  /// The directory of the sink's segments.
  package var results: String { directory + "/results" }
  /// The directory of the bytes of partitions in quarantine.
  package var quarantine: String { directory + "/quarantine" }

  /// The file with the bytes of a partition in quarantine, relative to the run's directory: the form
  /// that the ledger keeps, so that the directory may be moved.
  package static func quarantinedBytes(of partition: PartitionID) -> String {
    partition.stage == 0
      ? "quarantine/\(partition.index).bytes"
      : "quarantine/\(partition.stage)-\(partition.index).bytes"
  }
}
