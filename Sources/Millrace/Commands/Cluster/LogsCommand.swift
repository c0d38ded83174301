import ArgumentParser
import PipelineCore
import Wire

/// `millrace logs`.
struct LogsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "logs",
    abstract: "Tell what happened in a run of a cluster, when and why.",
    discussion: """
        $ millrace logs last --follow
      """)

  @Argument(help: "The run's id, the beginning of it, or `last`.")
  var name: String

  @OptionGroup var supervisor: SupervisorOptions

  @Flag(help: "Go on until the run is over.")
  var follow = false

  @Flag(help: "Print one JSON object a line, each with `event`.")
  var json = false

  func run() throws {
    try ClusterCommand.reported {
      let client = try supervisor.client()
      // By its id, for another run may be the last by and by.
      let standing = try ClusterCommand.standing(
        try client.ask(.standing(run: name), within: .seconds(10)))
      let logs = RunLogs(client, run: standing.run, json: json)
      while true {
        let page = try logs.next()
        for line in page.lines where !StandardOutput.write(line) { return }
        if page.isOver || (!follow && page.lines.isEmpty) { return }
        if page.lines.isEmpty { RunFollower.pause() }
      }
    }
  }
}
