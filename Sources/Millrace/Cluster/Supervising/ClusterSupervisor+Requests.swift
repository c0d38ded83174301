import Foundation
import Ledger
import Logging
import PipelineCore
import Runtime
import Synchronization
import Topology
import Wire

extension ClusterSupervisor {
  /// Does what is asked. Whatever it has changed is durable when it returns.
  func answer(_ request: Request) -> Response {
    switch request {
    case .submit(let submission, let token): submit(submission, token: token)
    case .status(let json):
      state.withLock {
        .lines(ClusterStatus($0, since: started, refusals: refusals).lines(json: json))
      }
    case .cancel(let name): answering { state throws(ClusterError) in try cancel(name, &state) }
    case .logs(let name, let after, let json):
      answering { state throws(ClusterError) in
        .lines(try logs(try state.core.find(name), after: after, json: json, state))
      }
    case .standing(let name):
      answering { state throws(ClusterError) in
        .standing(try standing(try state.core.find(name), state))
      }
    case .describe(let run):
      answering { state throws(ClusterError) in try describe(run, state) }
    case .planned(let run, let plan): state.withLock { take(plan, of: run, &$0) }
    case .rejected(let run, let reasons):
      state.withLock { state in
        handle(.rejected(run, reasons: reasons), &state)
        return .done
      }
    case .output(let run, let content):
      answering { state throws(ClusterError) in try take(output: content, of: run, state) }
    case .quarantine(let run, let record, let content):
      answering { state throws(ClusterError) in
        try take(quarantined: record, content, of: run, state)
      }
    }
  }

  private func answering(
    _ body: (inout State) throws(ClusterError) -> Response
  ) -> Response {
    state.withLock { state in
      do throws(ClusterError) {
        return try body(&state)
      } catch {
        return .refused(error.message)
      }
    }
  }

  private func submit(_ submission: Submission, token: UInt64) -> Response {
    state.withLock { state in
      if let known = state.core.run(token: token) { return .accepted(run: known.id) }
      guard state.core.queued.count < ClusterCore.maximumQueued else {
        return .refused(
          "\(Quantity.count(ClusterCore.maximumQueued)) runs wait already; submit it again later")
      }
      do {
        let name = try submission.topology().name
        let run = newRun(name, token: token, state)
        try store.add(run, submission)
        state.nextOrder += 1
        log.info("run \(run.id) was submitted")
        handle(.submitted(run), &state)
        return .accepted(run: run.id)
      } catch {
        return .refused("\(error)")
      }
    }
  }

  /// A run with an id and a number that no other has.
  private func newRun(_ topology: String, token: UInt64, _ state: State) -> ClusterRun {
    let now = RunBooks.now
    var id: String
    repeat {
      id = RunCatalog.identifier(topology: topology, created: now)
    } while state.core.runs.contains { $0.id == id }
    var number: UInt64
    repeat {
      number = .random(in: 1 ... .max)
    } while state.core.runs.contains {
      $0.number == number
    }
    return ClusterRun(
      id: id, number: number, token: token, order: state.nextOrder, topology: topology,
      submitted: now)
  }

  private func cancel(_ name: String, _ state: inout State) throws(ClusterError) -> Response {
    var run = try state.core.find(name)
    if let outcome = run.outcome {
      // Whoever asks again because the answer was lost is told the same.
      if outcome.state == .cancelled { return .done }
      throw ClusterError("run \(run.id) is over: it \(outcome.state.rawValue)")
    }
    log.info("run \(run.id) is cancelled")
    if run.id == state.core.current?.id {
      run.isCancelled = true
      try store.update(run)
      handle(.cancelled(run.id), &state)
    } else {
      let outcome = ClusterOutcome(
        state: .cancelled, message: ClusterCore.cancellation.message, ended: RunBooks.now)
      run.outcome = outcome
      try store.update(run)
      handle(.ended(run.id, outcome), &state)
    }
    return .done
  }

  private func describe(_ run: RunID, _ state: State) throws(ClusterError) -> Response {
    if let going = state.going, going.run.run == run { return .description(going.description) }
    guard let known = state.core.run(run), known.outcome == nil else {
      throw ClusterError("run \(ResultDirectory.name(of: run)) is over, or not known here")
    }
    return .description(
      Response.Description(
        run: run, id: known.id, submission: try store.submission(of: known.id), plan: nil))
  }

  private func take(
    output: [UInt8], of run: RunID, _ state: State
  ) throws(ClusterError) -> Response {
    guard let known = state.core.run(run) else {
      throw ClusterError("run \(ResultDirectory.name(of: run)) is not known here")
    }
    guard known.outcome == nil else { return .done }
    guard output.count <= Self.maximumOutput else {
      engine?.cancel(
        Failure(
          .configuration,
          "the output has \(Quantity.bytes(Double(output.count))), and at most "
            + "\(Self.maximumOutput >> 20) MiB are shown to who submits a run; write it to a file with "
            + "`sink: { file: … }`"), run: run)
      return .done
    }
    try store.keep(output: output, of: known.id)
    return .done
  }

  private func take(
    quarantined text: String, _ content: [UInt8]?, of run: RunID, _ state: State
  ) throws(ClusterError) -> Response {
    guard let going = state.going, going.run.run == run, let books = going.books else {
      throw ClusterError("run \(ResultDirectory.name(of: run)) does not go on")
    }
    let (given, slice) = try QuarantineText(json: text).record()
    do {
      try books.keep(given, slice, bytes: content)
    } catch {
      throw ClusterError("a partition in quarantine cannot be kept: \(error)")
    }
    return .done
  }

  private func standing(
    _ run: ClusterRun, _ state: State
  ) throws(ClusterError) -> Response.Standing {
    var standing = Response.Standing(run: run.id, state: state.core.state(of: run))
    if let outcome = run.outcome {
      standing.message = outcome.message
      standing.summary = outcome.summary
      if outcome.state == .finished { standing.output = try store.output(of: run.id) }
    } else {
      standing.progress = ClusterStatus(state, since: started, refusals: refusals).progress(of: run)
    }
    return standing
  }
}
