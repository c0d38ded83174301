import Foundation
import PipelineCore
import Runtime
import Wire

/// Waits for the end of a run of a cluster and tells of it as `millrace run` does of a run on this host.
struct RunFollower {
  let client: CommandClient
  let run: String
  let mode: RunOutput.Mode

  /// How long a supervisor that starts again is waited for.
  private static let patience = Span.seconds(60)
  /// Time between two lines about progress where nobody sees them being drawn over.
  private static let plainInterval = Span.seconds(5)

  /// Follows the run to its end.
  ///
  /// - Returns: the run's exit code.
  /// - Throws: ``ClusterError``, ``ClusterCommand/Refusal``.
  func follow() throws -> ExitStatus {
    let logs = RunLogs(client, run: run, json: mode == .json)
    let isTerminal = StandardError.isTerminal
    var drawn: Instant?
    var shown = ""
    while true {
      // First how it stands: what is logged afterwards holds all that led there.
      let standing = try ClusterCommand.standing(
        try client.ask(.standing(run: run), within: Self.patience))
      if standing.state.isOver {
        if isTerminal, drawn != nil { StandardError.writeRaw("\r\u{1B}[K") }
        if mode == .json { try printRest(of: logs) }
        return end(standing)
      }
      if mode == .json {
        for line in try logs.next().lines { StandardOutput.write(line) }
      } else if mode == .people {
        let lines = try logs.next().lines
        if isTerminal, drawn != nil, !lines.isEmpty { StandardError.writeRaw("\r\u{1B}[K") }
        for line in lines { StandardError.write(line) }
        let now = MonotonicClock.now
        let text = "\(run)  \(standing.state.word)  \(standing.progress)"
        if isTerminal {
          StandardError.writeRaw("\r\u{1B}[K" + text)
          drawn = now
        } else if text != shown, drawn.map({ now - $0 >= Self.plainInterval }) ?? true {
          StandardError.write(text)
          drawn = now
          shown = text
        }
      }
      Self.pause()
    }
  }

  /// Waits a little before the supervisor is asked again.
  static func pause() { Thread.sleep(forTimeInterval: 0.2) }

  private func printRest(of logs: RunLogs) throws {
    while true {
      let page = try logs.next()
      for line in page.lines { StandardOutput.write(line) }
      if page.isOver { return }
    }
  }

  private func end(_ standing: Response.Standing) -> ExitStatus {
    switch standing.state {
    case .finished:
      guard mode != .json else { return .success }
      guard StandardOutput.write(standing.output) else {
        StandardError.write("error: standard output was closed before the result was written")
        return .runFailed
      }
      if mode == .people { StandardError.write(standing.message) }
      return .success
    case .rejected:
      StandardError.write(standing.message)
      return .rejected
    case .failed, .cancelled, .queued, .running:
      StandardError.write(
        standing.message.contains("error: ") ? standing.message : "error: \(standing.message)")
      return .runFailed
    }
  }
}
