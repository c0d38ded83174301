import ArgumentParser
import Ledger

/// `millrace runs`.
struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "List the runs of this host, the newest first.",
    discussion: """
      A run whose process died is `interrupted`; `millrace resume` goes on with it. Runs lie in \
      $MILLRACE_RUNS, else $XDG_STATE_HOME/millrace/runs, else ~/.local/state/millrace/runs. A run \
      that finished, or that cannot go on, is removed when there are \(RunBooks.keptRuns) newer ones.

        $ millrace runs
        20261121-205612-delays-by-carrier-3f9c  interrupted  2026-11-21 20:56:12   7 stored
      """)

  @Flag(help: "Print one JSON object a line, each with `event`: `run`.")
  var json = false

  @Option(
    help: ArgumentHelp("Remove a run that is not going on, with its results.", valueName: "run"))
  var remove: String?

  func run() throws {
    try LedgerError.reported {
      let catalog = try RunBooks.standardCatalog()
      if let remove {
        let id = try catalog.find(remove).id
        try RunBooks.remove(id, from: catalog)
        StandardError.write("removed \(id)")
        return
      }
      for entry in try catalog.list() {
        if json {
          StandardOutput.write(RunText(entry).json.line)
        } else {
          StandardOutput.write(RunText(entry).line)
        }
      }
    }
  }
}

extension LedgerError {
  /// Does something with ledgers; an error is told and ends the command.
  static func reported<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as LedgerError {
      StandardError.write("error: \(error.message)")
      throw ExitCode(ExitStatus.rejected.rawValue)
    }
  }
}
