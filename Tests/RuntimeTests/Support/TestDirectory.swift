import Operators
import PipelineCore

@testable import Runtime

/// A directory of runs that tests fill.
final class TestDirectory: RunDirectory {
  /// A run as a planner would describe it.
  struct Entry: Sendable {
    var ventilator: VentilatorWork
    var sink: SinkWork
    /// Thrown instead of a plan.
    var rejection: Failure?
    var isPlanned = false
  }

  private let entries = Shared<[RunID: Entry]>([:])
  /// What sinks handed over, in order.
  let outputs = Shared<[RunID: [[UInt8]]]>([:])
  /// Calls that fail before one succeeds.
  let failures = Shared(0)

  func add(_ run: RunID, _ request: RunRequest, byReference: ReferencePolicy = .never) {
    var specification = request.specification
    specification.run = run
    let entry = Entry(
      ventilator: VentilatorWork(
        specification: specification, openSource: request.openSource, byReference: byReference,
        configuration: request.ventilator, storage: request.storage),
      sink: SinkWork(
        stage: specification.stage, makeSinkPart: request.makeSinkPart, target: request.target,
        storage: request.storage))
    entries.update { $0[run] = entry }
  }

  func reject(_ run: RunID, _ failure: Failure) { entries.update { $0[run]?.rejection = failure } }

  func planned(_ run: RunID) throws -> VentilatorWork {
    let entry = try entry(run)
    if let failure = entry.rejection { throw PlanRejection(failure) }
    entries.update { $0[run]?.isPlanned = true }
    return entry.ventilator
  }

  func sinkWork(_ run: RunID) throws -> SinkWork? {
    let entry = try entry(run)
    return entry.isPlanned ? entry.sink : nil
  }

  func finished(_ run: RunID, captured: [UInt8]) throws {
    _ = try entry(run)
    outputs.update { $0[run, default: []].append(captured) }
  }

  private func entry(_ run: RunID) throws -> Entry {
    var fails = false
    failures.update { count in
      fails = count > 0
      if fails { count -= 1 }
    }
    guard !fails, let entry = entries.value[run] else {
      throw RuntimeError("the supervisor does not answer")
    }
    return entry
  }
}
