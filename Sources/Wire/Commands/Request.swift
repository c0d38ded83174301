package import PipelineCore

/// What a client or a node asks of a supervisor: one frame on the commands channel, answered by one
/// ``Response``.
///
/// Each may be sent again when its answer was lost: the second time changes nothing.
package enum Request: Sendable, Equatable {
  /// Queue a run. The token is a random number of the client's, not 0: the same token is the same run.
  /// Answer: accepted.
  case submit(Submission, token: UInt64)
  /// Tell of the runs and the nodes. Answer: lines.
  case status(json: Bool)
  /// End a run, or take it out of the queue. The run is named by its id, the beginning of it, or `last`.
  /// Answer: done.
  case cancel(run: String)
  /// Tell what happened in a run after the line of this number, 0 for all. Answer: lines.
  case logs(run: String, after: UInt64, json: Bool)
  /// Tell how a run stands. Answer: standing.
  case standing(run: String)
  /// From a ventilator or a sink: tell what the run is. Answer: description, or refused when the run is
  /// not known or over.
  case describe(RunID)
  /// From a ventilator: the run is planned. Answer: done.
  case planned(RunID, Plan)
  /// From a ventilator: the topology is refused, for these reasons, one or more. Answer: done.
  case rejected(RunID, reasons: [String])
  /// From a sink: the output that is shown to who submitted the run. Answer: done.
  case output(RunID, [UInt8])
  /// From a ventilator: a partition in quarantine, told as JSON, and its bytes, where there are any.
  /// Answer: done.
  case quarantine(RunID, record: String, content: [UInt8]?)

  /// The most bytes that the message may have.
  package var sizeLimit: Int {
    switch self {
    case .output, .quarantine: WireLimits.largeCommand
    default: WireLimits.command
    }
  }
}
