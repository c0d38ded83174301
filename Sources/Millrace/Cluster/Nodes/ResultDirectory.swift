import Foundation
import Ledger
import Logging
import PipelineCore
import Runtime
import Synchronization
import Topology
import Wire

/// Where a sink of a cluster keeps the results of its runs: a directory for each, named by the run.
final class ResultDirectory: Sendable {
  private let directory: String
  private let lock: RunLock

  /// - Parameter state: the sink's directory, absolute; made when it is missing.
  /// - Throws: ``ClusterError``, also when another process has it.
  init(state: String) throws(ClusterError) {
    directory = state + "/results"
    try DurableFile.makeDirectory(directory)
    do throws(LedgerError) {
      lock = try RunLock(path: state + "/lock")
    } catch {
      guard error.code == .inUse else { throw ClusterError(error.message) }
      throw ClusterError(
        "\(state): it is the directory of another sink that is alive; give this one its own with "
          + "--state")
    }
  }

  /// Where the results of this run wait for their merge.
  ///
  /// - Throws: ``ClusterError``.
  func storage(
    for run: RunID, durability: Topology.Durability, log: Logger
  ) throws(ClusterError) -> RunStorage {
    let path = "\(directory)/\(Self.name(of: run))"
    try DurableFile.makeDirectory(path)
    let directory = directory
    var storage = RunStorage(
      durability: RunStorage.Durability(durability), directory: path, stored: { _ in },
      recovered: { _ in },
      recoveryEnded: { damage in
        for line in damage { log.warning("stored results: \(line)") }
      }, quarantine: { _, _ in })
    storage.untilDurable = { try DurableFile.flush(directory: directory) }
    return storage
  }

  /// The runs whose results are here.
  ///
  /// - Throws: ``ClusterError``.
  func runs() throws(ClusterError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: directory)
        .filter { UInt64($0, radix: 16) != nil }.sorted()
    } catch {
      throw ClusterError("\(directory): it cannot be read: \(error)")
    }
  }

  /// Removes the results of a run.
  ///
  /// - Throws: ``ClusterError``.
  func remove(_ run: String) throws(ClusterError) {
    do {
      try FileManager.default.removeItem(atPath: "\(directory)/\(run)")
    } catch {
      throw ClusterError(
        "\(directory)/\(run): it cannot be removed: \(error); remove it by hand")
    }
  }

  /// 16 hexadecimal digits.
  static func name(of run: RunID) -> String {
    let digits = String(run.rawValue, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension RunStorage.Durability {
  fileprivate init(_ durability: Topology.Durability) {
    self =
      switch durability {
      case .machine: .machine
      case .process: .process
      case .off: .off
      }
  }
}
