import ArgumentParser
import PipelineCore
import Wire

/// `millrace cancel`.
struct CancelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cancel",
    abstract: "End a run of a cluster, or take it out of the queue.",
    discussion: """
        $ millrace cancel last
      """)

  @Argument(help: "The run's id, the beginning of it, or `last`.")
  var name: String

  @OptionGroup var supervisor: SupervisorOptions

  func run() throws {
    try ClusterCommand.reported {
      switch try supervisor.client().ask(.cancel(run: name), within: .seconds(10)) {
      case .done: StandardError.write("cancelled")
      case .refused(let message): throw ClusterCommand.Refusal(message: message)
      default: throw ClusterCommand.unexpected
      }
    }
  }
}
