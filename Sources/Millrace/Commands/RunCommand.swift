import Synchronization
import ArgumentParser
import Foundation
import Ledger
import Topology

/// `millrace run`.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a topology with local worker processes.",
    discussion: """
      Results go where the topology's sink says; progress and the summary go to standard error.

        $ millrace run Topologies/quickstart.yaml --workers 2

      When this process dies, `millrace resume last` goes on where it was.

      \(ExitStatus.help)
      """)

  @OptionGroup var options: TopologyOptions

  @OptionGroup var reporting: ReportingOptions

  func run() async throws {
    let plan = try options.plan()
    let books = try LedgerError.reported {
      plan.topology.durability == .off
        ? nil : try RunBooks.begin(plan, overrides: options.overrides)
    }
    let status = await LocalRun(
      plan: plan, registry: MillraceCommand.registry.withLock { $0 }, mode: reporting.mode,
      books: books
    ).run()
    throw ExitCode(status.rawValue)
  }
}
