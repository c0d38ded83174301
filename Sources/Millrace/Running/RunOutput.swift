import Formats
import Topology
import Foundation
import Operators
import PipelineCore
import Runtime
import Synchronization
import ZeroMQ

/// What a run tells people and programs, on its way and at its end.
final class RunOutput: Sendable {
  /// Who is told.
  enum Mode: Sendable {
    case people
    case quiet
    case json
  }

  private struct State {
    var progress: ProgressLine
    var log: [String] = []
  }

  private let plan: PlannedRun
  private let mode: Mode
  private let start: Instant
  private let state: Mutex<State>

  init(plan: PlannedRun, mode: Mode, directory: RunDirectory, start: Instant) {
    self.plan = plan
    self.mode = mode
    self.start = start
    let stage = plan.steps[plan.steps.count - 1].stageName
    state = Mutex(
      State(
        progress: ProgressLine(
          stage: stage, isTerminal: StandardError.isTerminal, start: start,
          totalBytes: plan.input.map { $0.files.reduce(0) { $0 + UInt64($1.size) } })))
  }

  /// All objects of the run, as `--json` prints them.
  var log: [String] { state.withLock { $0.log } }

  /// The run begins.
  func started(_ run: RunID) {
    var object = JSONObject(event: "started")
    object.set("topology", plan.topology.name)
    object.set("run", String(run.rawValue, radix: 16))
    object.set("workers", plan.topology.workers)
    emit(object)
  }

  /// Something happened.
  func event(_ event: RunEvent) {
    emit(event.json)
    guard mode == .people, let text = event.text else { return }
    state.withLock { state in
      StandardError.writeRaw(state.progress.clearing)
      StandardError.write(text)
    }
  }

  /// The run went on.
  func progress(_ snapshot: RunSnapshot) {
    guard mode == .people else { return }
    state.withLock { state in
      if let text = state.progress.update(snapshot, at: MonotonicClock.now) {
        StandardError.writeRaw(text)
      }
    }
  }

  /// The run never began.
  func failedToStart(_ error: any Error) {
    let message =
      switch error {
      case let rejection as Rejection: rejection.description
      default: "\(plan.topology.file): error: \(error)"
      }
    StandardError.write(message)
    var object = JSONObject(event: "failed")
    object.set("reason", message)
    emit(object)
  }

  /// The run ended.
  ///
  /// - Returns: the process's exit code.
  func ended(_ report: RunReport) -> ExitStatus {
    let summary = RunSummary(
      plan: plan, report: report, wallSeconds: (MonotonicClock.now - start).seconds)
    state.withLock { state in
      if mode == .people { StandardError.writeRaw(state.progress.clearing) }
    }
    switch report.outcome {
    case .finished:
      var delivered = true
      if mode != .json { delivered = StandardOutput.write(report.captured) }
      if mode == .people { for line in summary.lines { StandardError.write(line) } }
      emit(summary.json)
      if !delivered {
        StandardError.write("error: standard output was closed before the result was written")
        return .runFailed
      }
      return .success
    case .failed(let failure):
      let files = plan.input?.files ?? []
      let text = FailureText(files: files).describe(changedFile(files, behind: failure) ?? failure)
      StandardError.write(text)
      var object = JSONObject(event: "failed")
      object.set("reason", text)
      emit(object)
      emit(summary.json)
      return .runFailed
    }
  }

  /// A file that changed under the run, where workers died of it or could not read on.
  private func changedFile(_ files: [SourceFile], behind failure: Failure) -> Failure? {
    guard failure.kind == .death || failure.kind == .operating else { return nil }
    for (index, file) in files.enumerated() {
      do throws(SourceError) {
        try file.verifyUnchanged()
      } catch {
        return Failure(.configuration, error.message, file: Int32(index))
      }
    }
    return nil
  }

  private func emit(_ object: JSONObject) {
    let line = object.line
    state.withLock { $0.log.append(line) }
    if mode == .json { StandardOutput.write(line) }
  }
}
