import Formats
import Topology
import Foundation
import Ledger
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

  private let plan: PlannedRun
  private let mode: Mode
  private let books: RunBooks?
  private let start: Instant
  private let progress: Mutex<ProgressLine>

  init(plan: PlannedRun, mode: Mode, books: RunBooks?, start: Instant) {
    self.plan = plan
    self.mode = mode
    self.books = books
    self.start = start
    let stage = plan.steps[plan.steps.count - 1].stageName
    progress = Mutex(
      ProgressLine(
        stage: stage, isTerminal: StandardError.isTerminal, start: start,
        totalBytes: plan.input.map { $0.files.reduce(0) { $0 + UInt64($1.size) } }))
  }

  /// The run begins.
  func started(_ run: RunID) {
    var object = JSONObject(event: "started")
    object.set("topology", plan.topology.name)
    object.set("run", books?.id ?? String(run.rawValue, radix: 16))
    object.set("workers", plan.topology.workers)
    emit(object)
  }

  /// Something happened.
  func event(_ event: RunEvent) {
    let text = event.text
    var object = event.json
    if let text { object.set("text", text) }
    emit(object, node: event.node, partition: event.partition)
    guard mode == .people, let text else { return }
    progress.withLock { progress in
      StandardError.writeRaw(progress.clearing)
      StandardError.write(text)
    }
  }

  /// The run went on.
  func progress(_ snapshot: RunSnapshot) {
    guard mode == .people else { return }
    progress.withLock { progress in
      if let text = progress.update(snapshot, at: MonotonicClock.now) {
        StandardError.writeRaw(text)
      }
    }
  }

  /// The run, or this session of it, never began.
  ///
  /// - Returns: whether there is a run that can go on.
  func failedToStart(_ error: any Error) -> Bool {
    let message =
      switch error {
      case let rejection as Rejection: rejection.description
      default: "\(plan.topology.file): error: \(error)"
      }
    StandardError.write(message)
    var object = JSONObject(event: "failed")
    object.set("reason", message)
    emit(object)
    return books?.abandon(message) ?? false
  }

  /// The run ended.
  ///
  /// - Parameter wasCancelled: whether a signal asked for that.
  /// - Returns: the process's exit code.
  func ended(_ report: RunReport, wasCancelled: Bool) -> ExitStatus {
    let summary = RunSummary(
      topology: plan.topology.name, target: plan.target, workers: plan.topology.workers,
      report: report, wallSeconds: (MonotonicClock.now - start).seconds)
    progress.withLock { progress in
      if mode == .people { StandardError.writeRaw(progress.clearing) }
    }
    switch report.outcome {
    case .finished:
      var delivered = true
      if mode != .json { delivered = StandardOutput.write(report.captured) }
      if mode == .people { for line in summary.lines { StandardError.write(line) } }
      emit(summary.json)
      // A table that nobody saw is still to be had: its results stay.
      close(
        delivered ? .finished : .failed, reason: delivered ? nil : Self.undelivered,
        summary.json, isOver: delivered)
      if !delivered {
        StandardError.write("error: \(Self.undelivered)")
        return .runFailed
      }
      return .success
    case .failed(let failure):
      let files = plan.input?.files ?? []
      let failure = changedFile(files, behind: failure) ?? failure
      let text = named(FailureText(files: files.map(\.path)).describe(failure))
      StandardError.write(text)
      var object = JSONObject(event: "failed")
      object.set("reason", text)
      emit(object)
      emit(summary.json)
      // What is wrong with the data or the topology is wrong the next time.
      close(
        wasCancelled ? .cancelled : .failed, reason: text, summary.json, isOver: failure.isFinal)
      return .runFailed
    }
  }

  /// Puts this run's id where the roles, which do not know it, say `RUN`.
  private func named(_ text: String) -> String {
    guard let books else { return text }
    return FailureText.named(text, run: books.id)
  }

  private static let undelivered = "standard output was closed before the result was written"

  /// Writes the end of the run down and says how it can go on.
  private func close(
    _ state: RunState, reason: String?, _ summary: JSONObject, isOver: Bool
  ) {
    guard let books else { return }
    do {
      try books.end(state, message: reason, summary: summary, isOver: isOver)
    } catch {
      StandardError.write("warning: \(error.message)")
    }
    if !isOver, mode != .json { StandardError.write("go on with: millrace resume \(books.id)") }
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

  private func emit(
    _ object: JSONObject, node: NodeID? = nil, partition: PartitionID? = nil
  ) {
    var object = object
    object.set("at", RunBooks.now)
    if object.event != "summary" { books?.record(object, node: node, partition: partition) }
    if mode == .json { StandardOutput.write(object.line) }
  }
}
