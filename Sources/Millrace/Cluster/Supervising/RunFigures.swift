import PipelineCore
import Runtime

/// What a supervisor gathers about the run that goes on, for its summary.
struct RunFigures {
  /// When this session of the run began.
  let began: Instant
  private(set) var snapshot = RunSnapshot()
  private var events: [RunEvent] = []
  private var firstCut: Instant?
  private var lastStored: Instant
  /// The most workers that took part at a time.
  private(set) var workers = 0

  init(began: Instant) {
    self.began = began
    lastStored = began
  }

  /// Something happened.
  mutating func note(_ event: RunEvent) {
    if events.count < RunReport.maximumEvents { events.append(event) }
  }

  /// The run went on.
  mutating func note(_ snapshot: RunSnapshot, at now: Instant) {
    if firstCut == nil, snapshot.cut.partitions > 0 { firstCut = now }
    if snapshot.stored != self.snapshot.stored { lastStored = now }
    workers = max(workers, snapshot.workers)
    self.snapshot = snapshot
  }

  /// What is told at the end.
  func report(_ outcome: Supervisor.Outcome, output: [UInt8]) -> RunReport {
    let working = firstCut.map { max((lastStored - $0).seconds, 0) } ?? 0
    return RunReport(
      outcome: outcome, snapshot: snapshot, recovered: Beat.Progress(), captured: output,
      workingSeconds: working, events: events)
  }
}
