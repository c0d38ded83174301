import PipelineCore
import Wire

/// The queue of a cluster: which run goes on, which follow, and how those that are over ended.
///
/// One run goes on at a time, in the order of submission. Nothing here waits, reads a file or a clock:
/// what happened comes through ``handle(_:into:)``, and what is to be done comes out of it. What is told
/// here is durable already.
struct ClusterCore {
  /// Runs that may wait at a time.
  static let maximumQueued = 1000
  /// Runs that are over and still known; older ones are forgotten.
  static let keptRuns = 50

  /// What happened.
  enum Event {
    /// A run was submitted.
    case submitted(ClusterRun)
    /// Somebody wants this run to end.
    case cancelled(String)
    /// A ventilator refuses the topology of the run that goes on.
    case rejected(RunID, reasons: [String])
    /// A run is over.
    case ended(String, ClusterOutcome)
    /// The nodes of the run that went on have left it.
    case vacated(RunID)
  }

  /// What is to be done.
  enum Action: Equatable {
    /// Tell the nodes that this run goes on.
    case begin(ClusterRun)
    /// Tell the nodes that none does.
    case idle
    /// End the run that goes on.
    case stop(RunID, Failure)
    /// Remove all that is kept of a run.
    case forget(ClusterRun)
  }

  /// The run whose nodes are at it.
  struct Current: Equatable {
    let id: String
    let run: RunID
    /// Whether it is over and its nodes leave it.
    var isOver = false
    /// Why a ventilator refused the topology.
    var rejection: [String]?
  }

  /// All runs that are known, in the order of submission.
  private(set) var runs: [ClusterRun] = []
  private(set) var current: Current?

  /// Runs that wait, the next first.
  var queued: [ClusterRun] { runs.filter { $0.outcome == nil && $0.id != current?.id } }

  /// Takes in one event and says what is to be done.
  mutating func handle(_ event: Event, into actions: inout [Action]) {
    switch event {
    case .submitted(let run):
      precondition(runs.last.map { $0.order < run.order } ?? true, "runs are submitted in order")
      runs.append(run)
      forget(into: &actions)
      advance(into: &actions)
    case .cancelled(let id):
      guard let index = runs.firstIndex(where: { $0.id == id }), runs[index].outcome == nil
      else { return }
      runs[index].isCancelled = true
      if let current, current.id == id, !current.isOver {
        actions.append(.stop(current.run, Self.cancellation))
      }
    case .rejected(let run, let reasons):
      guard current?.run == run, current?.isOver == false, current?.rejection == nil else { return }
      current?.rejection = reasons
      actions.append(.stop(run, Failure(.configuration, reasons.joined(separator: "\n"))))
    case .ended(let id, let outcome):
      guard let index = runs.firstIndex(where: { $0.id == id }), runs[index].outcome == nil
      else { return }
      runs[index].outcome = outcome
      if current?.id == id { current?.isOver = true }
      forget(into: &actions)
    case .vacated(let run):
      guard let current, current.run == run, current.isOver else { return }
      self.current = nil
      forget(into: &actions)
      advance(into: &actions)
      if self.current == nil { actions.append(.idle) }
    }
  }

  /// How a run that ended like this is to be told of.
  func state(of run: RunID, endedWith outcome: Supervisor.Outcome) -> ClusterOutcome.State {
    switch outcome {
    case .finished: .finished
    case .failed:
      if let current, current.run == run, current.rejection != nil {
        .rejected
      } else if self.run(run)?.isCancelled == true {
        .cancelled
      } else {
        .failed
      }
    }
  }

  /// The run that messages name so.
  func run(_ run: RunID) -> ClusterRun? { runs.first { $0.run == run } }

  /// The run that this token submitted.
  func run(token: UInt64) -> ClusterRun? { runs.first { $0.token == token } }

  /// How a run stands.
  func state(of run: ClusterRun) -> Response.State {
    if let outcome = run.outcome { return Response.State(outcome.state) }
    return run.id == current?.id ? .running : .queued
  }

  /// Why a run was ended that somebody cancelled.
  static let cancellation = Failure(.operating, "cancelled with `millrace cancel`")

  private mutating func advance(into actions: inout [Action]) {
    guard current == nil, let next = runs.first(where: { $0.outcome == nil }) else { return }
    current = Current(id: next.id, run: next.run)
    actions.append(.begin(next))
    if next.isCancelled { actions.append(.stop(next.run, Self.cancellation)) }
  }

  private mutating func forget(into actions: inout [Action]) {
    let over = runs.filter { $0.outcome != nil && $0.id != current?.id }
    for run in over.dropLast(Self.keptRuns) {
      runs.removeAll { $0.id == run.id }
      actions.append(.forget(run))
    }
  }
}
