import PipelineCore
import Wire

/// What happened in a run of a cluster, page after page.
final class RunLogs {
  private let client: CommandClient
  private let run: String
  private let json: Bool
  private var after: UInt64 = 0

  /// How long a supervisor that starts again is waited for.
  private static let patience = Span.seconds(60)

  init(_ client: CommandClient, run: String, json: Bool) {
    self.client = client
    self.run = run
    self.json = json
  }

  /// What has come since the last call.
  ///
  /// - Throws: ``ClusterError``, ``ClusterCommand/Refusal``.
  func next() throws -> Response.Lines {
    let page = try ClusterCommand.lines(
      try client.ask(.logs(run: run, after: after, json: json), within: Self.patience))
    after = page.next
    return page
  }
}
