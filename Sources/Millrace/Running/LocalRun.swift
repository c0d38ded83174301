import Topology
import Foundation
import Logging
import Operators
import PipelineCore
import ResultStore
import Runtime
import ZeroMQ

/// One `millrace run`, from its directory to its exit code.
struct LocalRun {
  let plan: PlannedRun
  let registry: OperatorRegistry
  let mode: RunOutput.Mode
  /// The run's directory and ledger, or `nil` when nothing of it is durable.
  let books: RunBooks?

  /// Carries the run out, tells people about it and leaves nothing behind.
  func run() async -> ExitStatus {
    let start = MonotonicClock.now
    // Watched from the start, so that nothing made from here on is left behind.
    let signals = SignalWatch()
    do {
      let directory = try SocketDirectory { path in books?.note(sockets: path) }
      let output = RunOutput(plan: plan, mode: mode, books: books, start: start)
      return await run(in: directory, output, signals)
    } catch {
      let message =
        "cannot make the run's directory \(error.endpoint ?? ""): \(error.reason); "
        + "set TMPDIR to a directory that exists and can be written"
      _ = books?.abandon(message)
      StandardError.write("error: \(message)")
      return .rejected
    }
  }

  private func run(
    in directory: SocketDirectory, _ output: RunOutput, _ signals: SignalWatch
  ) async -> ExitStatus {
    let run = books?.run ?? RunID(rawValue: .random(in: 1 ... .max))
    var log = Logger(label: "millrace") { StreamLogHandler.standardError(label: $0) }
    log.logLevel = mode == .quiet ? .error : .warning
    let storage =
      books?.storage ?? .temporary(in: directory.directory.path + "/early")
    let coordinator = Coordinator(
      plan.request(run: run, registry: registry, storage: storage), directory: directory.directory,
      worker: workerCommand(directory, run), log: log,
      onEvent: { output.event($0) }, onProgress: { output.progress($0) })
    signals.onSignal { signal in
      coordinator.cancel(
        Failure(.operating, ExitStatus.after(signal: signal).reason))
    }
    output.started(run)
    do {
      let report: RunReport
      do {
        // Before the ledger says that the run is over: who is killed in between has left nothing.
        defer { directory.remove() }
        report = try await coordinator.run()
      }
      let status = output.ended(report, wasCancelled: signals.received != nil)
      guard status != .success, let signal = signals.received else { return status }
      return .after(signal: signal)
    } catch {
      let isKept = output.failedToStart(error)
      // What a run that had begun stumbles over is no fault of its topology.
      return isKept || error is StoreError ? .runFailed : .rejected
    }
  }

  private func workerCommand(
    _ directory: SocketDirectory, _ run: RunID
  ) -> Coordinator.WorkerCommand {
    let interval = plan.topology.liveness.interval
    let milliseconds = max(1, Span(interval).nanoseconds / 1_000_000)
    let patience = max(1, Span(plan.topology.patience).nanoseconds / 1_000_000)
    let path = directory.directory.path
    return Coordinator.WorkerCommand(executable: ThisProgram.path) { node, name in
      [
        "worker", "--directory", path, "--node", "\(node)", "--name", name,
        "--interval", "\(milliseconds)", "--patience", "\(patience)",
        "--parent", "\(ProcessInfo.processInfo.processIdentifier)",
        "--run", String(run.rawValue, radix: 16), "--mark-input",
      ]
    }
  }
}
