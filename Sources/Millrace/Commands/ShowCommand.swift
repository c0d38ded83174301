import ArgumentParser
import Ledger

/// `millrace show`.
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Tell what happened in a run, when and why.",
    discussion: """
      Deaths, re-queued partitions, retries and partitions in quarantine, with their times and causes; it \
      works while the run goes on, too.

        $ millrace show last
      """)

  @Argument(help: "The run's id, the beginning of it, or `last`.")
  var name: String

  @Flag(help: "Print one JSON object a line, each with `event`; the first is `run`.")
  var json = false

  func run() throws {
    try LedgerError.reported {
      let catalog = try RunBooks.standardCatalog()
      let entry = catalog.entry(try catalog.find(name).id)
      if case .damaged(let error) = entry.status { throw error }
      let ledger = try Ledger(opening: entry.files.ledger, readOnly: true)
      let story = RunStory(
        entry, sessions: try ledger.sessions(), events: try ledger.allEvents(),
        quarantined: try ledger.quarantined())
      for line in json ? story.json : story.lines { StandardOutput.write(line) }
    }
  }
}
