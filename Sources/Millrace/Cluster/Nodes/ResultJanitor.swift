import Dispatch
import Logging
import PipelineCore
import Wire
import ZeroMQ

/// Removes the results of runs that are over, or that the supervisor does not know any more, on a thread
/// of its own.
final class ResultJanitor: Sendable {
  private let results: ResultDirectory
  private let client: CommandClient
  private let log: Logger
  private let ending = DispatchSemaphore(value: 0)

  private static let interval = DispatchTimeInterval.seconds(5)
  private static let patience = Span.seconds(3)

  /// Looks now and every few seconds until ``stop()``.
  ///
  /// - Throws: ``ZeroMQError`` when the system has no thread left.
  init(_ results: ResultDirectory, _ client: CommandClient, log: Logger) throws(ZeroMQError) {
    self.results = results
    self.client = client
    self.log = log
    let thread = try NativeThread(name: "results of the past") { [self] in
      var over: Set<String> = []
      repeat {
        over = look(after: over)
      } while ending.wait(timeout: .now() + Self.interval) == .timedOut
    }
    thread.detach()
  }

  /// Ends the thread, after the look that is under way.
  func stop() { ending.signal() }

  /// - Parameter over: runs that were over at the look before: by now the sink has left them.
  /// - Returns: those that are over and not removed yet.
  private func look(after over: Set<String>) -> Set<String> {
    var found: Set<String> = []
    do throws(ClusterError) {
      for run in try results.runs() where try isOver(run) {
        guard over.contains(run) else {
          found.insert(run)
          continue
        }
        try results.remove(run)
        log.debug("results of a run that is over are removed", metadata: ["run": "\(run)"])
      }
    } catch {
      // Who does not answer now is asked again.
      log.debug("results of the past stay for now", metadata: ["error": "\(error)"])
    }
    return found
  }

  private func isOver(_ run: String) throws(ClusterError) -> Bool {
    switch try client.ask(.standing(run: run), within: Self.patience) {
    case .standing(let standing): standing.state.isOver
    // It is not known any more.
    case .refused: true
    default: false
    }
  }
}
