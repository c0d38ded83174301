import ArgumentParser
import Foundation
import Ledger
import PipelineCore
import Runtime
import Synchronization
import Wire

/// `millrace replay`.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Process one partition in quarantine again, in this process.",
    discussion: """
      The operators get the very bytes that the workers got, without sockets or other processes, so that \
      a debugger can be put to them. Nothing of the run is changed.

        $ millrace replay last 17
      """)

  @Argument(help: "The run's id, the beginning of it, or `last`.")
  var name: String

  @Argument(help: "The partition's index.")
  var partition: UInt32

  @Option(
    help: ArgumentHelp(
      "Write the result, as the sink would get it, to this file.", valueName: "file"))
  var result: String?

  func run() throws {
    let (specification, slice, record) = try LedgerError.reported { try load() }
    StandardError.write(
      "partition \(partition) failed \(Quantity.plural(record.quarantined.attempts, "time")); the last "
        + "time: \(record.quarantined.failure.message)")
    let replay: PartitionReplay
    do throws(Failure) {
      replay = try PartitionReplay(
        specification, index: partition, slice: slice,
        registry: MillraceCommand.registry.withLock { $0 })
    } catch {
      let place = error.offset >= 0 ? " at byte \(error.offset) of its file" : ""
      StandardError.write("error: now it failed\(place): \(error.message)")
      throw ExitCode(ExitStatus.runFailed.rawValue)
    }
    StandardError.write(
      "now it succeeded: \(Quantity.plural(replay.counts.rows, "row")), result of "
        + "\(Quantity.bytes(Double(replay.result.count))) with digest "
        + "\(String(replay.digest, radix: 16)), \(Quantity.seconds(replay.elapsed.seconds))")
    if let result { try keep(replay.result, in: result) }
  }

  private func keep(_ bytes: [UInt8], in path: String) throws {
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path))
    } catch {
      StandardError.write(
        "error: \(path): the result cannot be written: \(error.localizedDescription)")
      throw ExitCode(ExitStatus.rejected.rawValue)
    }
  }

  private func load() throws -> (
    StageSpecification, RunStorage.QuarantinedSlice, QuarantineRecord
  ) {
    let catalog = try RunBooks.standardCatalog()
    let entry = catalog.entry(try catalog.find(name).id)
    if case .damaged(let error) = entry.status { throw error }
    let ledger = try Ledger(opening: entry.files.ledger, readOnly: true)
    let list = try ledger.quarantined()
    guard let record = list.first(where: { $0.quarantined.partition.index == partition }) else {
      let known = list.map { "\($0.quarantined.partition.index)" }.joined(separator: ", ")
      throw LedgerError(
        .noSuchRun,
        "partition \(partition) of run \(entry.id) is not in quarantine; "
          + (known.isEmpty ? "none of its partitions is" : "these are: \(known)"))
    }
    let run = try ledger.record()
    let specification = try run.specification.withUnsafeBytes { bytes in
      try StageSpecification(
        wire: bytes, run: run.run, stage: record.quarantined.partition.stage)
    }
    return (specification, try record.contents(in: entry.files), record)
  }
}
