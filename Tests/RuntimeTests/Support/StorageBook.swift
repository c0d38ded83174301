import PipelineCore
import ResultStore

@testable import Runtime

/// Writes down what a run tells of its storage.
final class StorageBook: Sendable {
  /// The digests told with each partition that became durable: one, unless it was told again.
  let stored = Shared<[UInt32: [UInt64]]>([:])
  let recovered = Shared<[UInt32: [UInt64]]>([:])
  /// The lines told at the end of recovery, each time that it ended.
  let recoveries = Shared<[[String]]>([])
  let quarantined = Shared<[Kept]>([])

  /// A partition that was given up.
  struct Kept: Equatable {
    var partition: Quarantined
    var slice: RunStorage.QuarantinedSlice
  }

  /// A storage that tells this book.
  func storage(
    _ durability: RunStorage.Durability, in directory: String, on disk: FaultyDisk? = nil
  ) -> RunStorage {
    var storage = RunStorage(
      durability: durability, directory: directory,
      stored: { list in self.stored.update { Self.note(list, in: &$0) } },
      recovered: { list in self.recovered.update { Self.note(list, in: &$0) } },
      recoveryEnded: { lines in self.recoveries.update { $0.append(lines) } },
      quarantine: { partition, slice in
        self.quarantined.update { $0.append(Kept(partition: partition, slice: slice)) }
      })
    if let disk { storage.openDisk = { _ in disk } }
    return storage
  }

  private static func note(
    _ list: [RunStorage.StoredPartition], in told: inout [UInt32: [UInt64]]
  ) {
    for (index, digest) in list { told[index, default: []].append(digest) }
  }
}
