import Foundation
import Ledger
import Logging
import PipelineCore
import Runtime
import Synchronization
import Topology
import Wire

extension ClusterSupervisor {
  /// Tells the nodes that a run goes on. One that went on when a supervisor died goes on where it was.
  func begin(_ run: ClusterRun, _ state: inout State) {
    let going: GoingRun
    do {
      let submission = try store.submission(of: run.id)
      let topology = try submission.topology()
      var new = GoingRun(run, submission, topology, at: MonotonicClock.now)
      if let (books, plan) = try resumed(run) { new.open(books, plan) }
      going = new
    } catch {
      log.error("run \(run.id) cannot go on: \(error)")
      close(
        run, ClusterOutcome(state: .failed, message: "error: \(error)", ended: RunBooks.now), &state
      )
      handle(.vacated(run.run), &state)
      return
    }
    let isResumed = going.books != nil
    log.info(
      "\(isResumed ? "goes on" : "begins") with run \(run.id)",
      metadata: [
        "topology": "\(run.topology)", "number": "\(String(run.number, radix: 16))",
      ])
    ledger.withLock { $0 = going.books }
    state.going = going
    var object = JSONObject(event: "started")
    object.set("topology", run.topology)
    object.set("run", run.id)
    object.set(
      "text", isResumed ? "the supervisor has started again; the run goes on" : "the run begins")
    state.going?.record(object)
    engine?.begin(run.run, going.configuration)
  }

  /// The ledger of a run that went on before, and its plan; `nil` when it had none yet.
  private func resumed(_ run: ClusterRun) throws(LedgerError) -> (RunBooks, Plan)? {
    guard try catalog.ids().contains(run.id) else { return nil }
    if case .damaged(let error) = catalog.entry(run.id).status, error.code == .incomplete {
      try catalog.remove(run.id)
      return nil
    }
    let books = try RunBooks.resume(run.id, in: catalog)
    let record = books.beginning
    return (
      books,
      Plan(
        fingerprint: record.fingerprint, json: record.plan, specification: record.specification)
    )
  }

  /// How a run ended by its ledger, whose supervisor died before it could say so elsewhere.
  func outcomeInLedger(of run: ClusterRun) -> ClusterOutcome? {
    let entry = catalog.entry(run.id)
    let state: ClusterOutcome.State
    switch entry.status {
    case .finished: state = .finished
    case .failed: state = .failed
    case .cancelled: state = .cancelled
    case .running, .interrupted, .damaged: return nil
    }
    guard let outcome = entry.session?.outcome else { return nil }
    return ClusterOutcome(
      state: state, message: outcome.message ?? "", summary: outcome.json ?? "", ended: outcome.at)
  }

  /// A ventilator has planned the run: its ledger begins.
  func take(_ plan: Plan, of run: RunID, _ state: inout State) -> Response {
    guard let going = state.going, going.run.run == run, state.core.current?.isOver == false else {
      return .refused("run \(ResultDirectory.name(of: run)) does not go on")
    }
    if let known = going.plan {
      return known.fingerprint == plan.fingerprint
        ? .done : .refused("run \(going.run.id) was planned otherwise before")
    }
    do {
      _ = try plan.specification.withUnsafeBytes { bytes in
        try StageSpecification(wire: bytes, run: run, stage: 0)
      }
      let topology = going.topology
      let record = RunRecord(
        run: run, topology: topology.name, path: going.submission.files[0].path,
        overrides: going.submission.overrides, workers: topology.workers,
        version: MillraceVersion.text, created: RunBooks.now, fingerprint: plan.fingerprint,
        durability: topology.durability == .machine ? .machine : .process, plan: plan.json,
        specification: plan.specification)
      let books = try RunBooks.begin(record, id: going.run.id, in: catalog)
      state.going?.open(books, plan)
      ledger.withLock { $0 = books }
      return .done
    } catch {
      let message = "the run's ledger cannot be begun: \(error)"
      log.error("\(message)", metadata: ["run": "\(going.run.id)"])
      engine?.cancel(Failure(.operating, message), run: run)
      return .refused(message)
    }
  }

  /// The machine has said how the run ended.
  func end(_ outcome: Supervisor.Outcome) {
    state.withLock { state in
      guard let going = state.going, let current = state.core.current, !current.isOver else {
        return
      }
      let run = going.run
      let word = state.core.state(of: run.run, endedWith: outcome)
      var message: String
      var output: [UInt8] = []
      do {
        if case .finished = outcome { output = try store.output(of: run.id) }
      } catch {
        log.error("\(error)")
      }
      let report = going.figures.report(outcome, output: output)
      let summary = RunSummary(
        topology: run.topology, target: OutputTarget(going.topology.sink),
        workers: going.figures.workers, report: report,
        wallSeconds: (MonotonicClock.now - going.figures.began).seconds)
      switch outcome {
      case .finished: message = summary.lines.joined(separator: "\n")
      case .failed(let failure):
        message =
          word == .rejected
          ? current.rejection?.joined(separator: "\n") ?? failure.message
          : FailureText.named(FailureText(files: files(of: going)).describe(failure), run: run.id)
      }
      log.log(
        level: word == .finished ? .info : .warning, "run \(run.id) \(word.rawValue): \(message)")
      endLedger(going, word, message, summary.json)
      state.going?.books = nil
      close(
        run,
        ClusterOutcome(
          state: word, message: message, summary: summary.json.line, ended: RunBooks.now), &state)
    }
  }

  /// The source's files, for places in messages; they are told without them where the plan names none.
  private func files(of going: GoingRun) -> [String] {
    do throws(ClusterError) {
      return try going.files()
    } catch {
      log.warning("\(error)")
      return []
    }
  }

  private func endLedger(
    _ going: GoingRun, _ word: ClusterOutcome.State, _ message: String, _ summary: JSONObject
  ) {
    ledger.withLock { $0 = nil }
    guard let books = going.books else { return }
    let runState: RunState =
      switch word {
      case .finished: .finished
      case .cancelled: .cancelled
      case .failed, .rejected: .failed
      }
    do {
      try books.end(
        runState, message: word == .finished ? nil : message, summary: summary, isOver: true,
        prunes: false)
    } catch {
      log.warning("the end of run \(going.run.id) is not in its ledger: \(error)")
    }
  }

  /// Writes down how a run ended. Where that fails it is over all the same, until the supervisor starts
  /// again: then it goes on, to the same end.
  func close(_ run: ClusterRun, _ outcome: ClusterOutcome, _ state: inout State) {
    var run = run
    run.outcome = outcome
    do {
      try store.update(run)
    } catch {
      log.error("the end of run \(run.id) is not written down: \(error)")
    }
    handle(.ended(run.id, outcome), &state)
  }

  /// The nodes have left a run that is over.
  func vacate(_ run: RunID) {
    state.withLock { state in
      if state.going?.run.run == run { state.going = nil }
      handle(.vacated(run), &state)
    }
  }
}
