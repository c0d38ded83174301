import ArgumentParser
import Foundation
import Ledger
import Synchronization

/// `millrace resume`.
struct ResumeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Go on with a run whose process died, or that failed or was stopped.",
    discussion: """
      What was stored is not done again, and the result is the same bytes. The topology is read from \
      its file with the run's own --set values; it and the source's files must be as they were, while \
      workers, credit and the like may be changed. Partitions in quarantine are tried again.

        $ millrace resume last

      \(ExitStatus.help)
      """)

  @Argument(help: "The run's id, the beginning of it, or `last`.")
  var name: String

  @OptionGroup var reporting: ReportingOptions

  @Option(help: "Local worker processes; replaces the number the run was begun with.")
  var workers: Int?

  func run() async throws {
    let (plan, books) = try LedgerError.reported { try takeUp() }
    let status = await LocalRun(
      plan: plan, registry: MillraceCommand.registry.withLock { $0 }, mode: reporting.mode,
      books: books
    ).run()
    throw ExitCode(status.rawValue)
  }

  private func takeUp() throws -> (PlannedRun, RunBooks) {
    let catalog = try RunBooks.standardCatalog()
    let entry = catalog.entry(try catalog.find(name).id)
    if case .damaged(let error) = entry.status { throw error }
    guard let record = entry.record else {
      throw LedgerError(.incomplete, "run \(entry.id) was never begun; remove it and run again")
    }
    try refuse(entry, record)
    let plan = try TopologyOptions.plan(
      path: record.path, overrides: record.overrides, workers: workers ?? record.workers)
    guard plan.fingerprint == record.fingerprint else {
      throw Rejection(
        "\(record.path): error: run \(entry.id) cannot be resumed: the topology, a file of its source "
          + "or the operators are not what they were when it was begun "
          + "(\(RunText.time(record.created)) UTC, version \(record.version)); put them back, or "
          + "run the topology anew")
    }
    // Last, as the run counts as begun again from here on.
    return (plan, try RunBooks.resume(entry.id, in: catalog))
  }

  /// Refuses a run that cannot go on whatever its topology says.
  private func refuse(_ entry: RunEntry, _ record: RunRecord) throws(LedgerError) {
    switch entry.status {
    case .finished:
      throw LedgerError(
        .wrongState,
        "\(entry.id): the run has finished, so there is nothing to go on with; run the topology "
          + "again for a new run")
    case .running(let holder):
      throw LedgerError(
        .inUse, "run \(entry.id) is being carried out by \(holder); wait for it to end, or stop it")
    case .failed where !entry.isResumable:
      let reason = entry.session?.outcome?.message ?? "its results are gone"
      throw LedgerError(
        .wrongState,
        "run \(entry.id) failed for a reason that would come again (\(reason)); mend that and run "
          + "\(record.path) anew")
    case .interrupted, .failed, .cancelled, .damaged: break
    }
  }
}
