package import PipelineCore
package import ResultStore

/// Where a run's results wait for their merge, and who writes down what is worth keeping.
package struct RunStorage: Sendable {
  /// What a result must survive before its receipt is sent.
  package enum Durability: Sendable, Equatable {
    /// Loss of power: results are flushed to the disk in groups.
    case machine
    /// The death of processes: results are with the operating system.
    case process
    /// Nothing: a run that is interrupted starts from the beginning.
    case off
  }

  package var durability: Durability
  /// The directory of the segment files. What is in it from an earlier session of the same run is
  /// taken up again, unless nothing is durable.
  package var directory: String
  /// Opens the directory; called on the sink's thread.
  package var openDisk: @Sendable (_ directory: String) throws -> any StoreDisk = {
    try FileDisk(directory: $0)
  }
  /// Waits until the run itself would survive what its results are to survive; called once, before the
  /// first of them counts as durable. What it throws fails the run.
  package var untilDurable: @Sendable () throws -> Void = {}
  /// Told of results that have become durable, in groups; called on the sink's thread.
  package var stored: @Sendable ([StoredPartition]) -> Void
  /// Told of results that earlier sessions stored, in groups; called while the sink starts.
  package var recovered: @Sendable ([StoredPartition]) -> Void
  /// Told when all of them were told, with a line for each place in the store that is damaged; not
  /// where nothing is durable.
  package var recoveryEnded: @Sendable (_ damage: [String]) -> Void
  /// Told of a partition that is given up, with its bytes where it has some; called on the
  /// ventilator's thread. It throws when they cannot be kept, which ends the run.
  package var quarantine: @Sendable (Quarantined, QuarantinedSlice) throws -> Void

  package init(
    durability: Durability, directory: String,
    stored: @escaping @Sendable ([StoredPartition]) -> Void,
    recovered: @escaping @Sendable ([StoredPartition]) -> Void,
    recoveryEnded: @escaping @Sendable ([String]) -> Void,
    quarantine: @escaping @Sendable (Quarantined, QuarantinedSlice) throws -> Void
  ) {
    self.durability = durability
    self.directory = directory
    self.stored = stored
    self.recovered = recovered
    self.recoveryEnded = recoveryEnded
    self.quarantine = quarantine
  }

  /// Storage of a run that cannot be resumed: early results wait in `directory`, nothing is written
  /// down.
  package static func temporary(in directory: String) -> RunStorage {
    RunStorage(
      durability: .off, directory: directory, stored: { _ in }, recovered: { _ in },
      recoveryEnded: { _ in }, quarantine: { _, _ in })
  }

  /// A partition whose result is durable, and the result's digest.
  package typealias StoredPartition = (index: UInt32, digest: UInt64)

  /// What a partition that was given up consists of.
  package enum QuarantinedSlice: Sendable, Equatable {
    /// Whole records of the file with this index, from this offset; `nil` for bytes that could not be
    /// read any more.
    case file(index: Int, offset: Int64, length: Int, bytes: [UInt8]?)
    /// The numbers `from ..< from + count`, each with `payload` bytes.
    case range(from: Int64, count: Int, payload: Int)
  }
}
