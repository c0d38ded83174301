import ArgumentParser
import Foundation
import PipelineCore
import Runtime
import Wire

/// `millrace status`.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Tell of the runs and the nodes of a cluster.",
    discussion: """
        $ millrace status --to supervisor.example:5700

      With --self it prints nothing and says by its exit code whether a live node of this host takes part, \
      as health checks of containers ask: 0 if so.
      """)

  @OptionGroup var supervisor: SupervisorOptions

  @Flag(help: "Print one JSON object a line, each with `event`: `supervisor`, `run` or `node`.")
  var json = false

  @Flag(name: .customLong("self"), help: "Say whether a node of this host takes part.")
  var ofSelf = false

  @Option(help: "With --self: the role that it must have.")
  var role: String?

  func run() throws {
    try ClusterCommand.reported {
      let client = try supervisor.client()
      let answer = try client.ask(.status(json: json || ofSelf), within: .seconds(10))
      let lines = try ClusterCommand.lines(answer).lines
      if ofSelf {
        guard try lines.contains(where: isOwn) else {
          StandardError.write(
            "no live node of \(HostName.current) takes part\(role.map { " as \($0)" } ?? "")")
          throw ExitCode(ExitStatus.runFailed.rawValue)
        }
        return
      }
      for line in lines { StandardOutput.write(line) }
    }
  }

  private struct Told: Decodable {
    var event: String
    var host: String?
    var roles: [String]?
  }

  private func isOwn(_ line: String) throws -> Bool {
    let told: Told
    do {
      told = try JSONDecoder().decode(Told.self, from: Data(line.utf8))
    } catch {
      throw ClusterError(
        "the supervisor's answer was not understood; run the same release on both: \(line)")
    }
    guard told.host == HostName.current else { return false }
    let roles = told.event == "supervisor" ? ["supervisor"] : told.roles ?? []
    return role.map { roles.contains($0) } ?? true
  }
}
