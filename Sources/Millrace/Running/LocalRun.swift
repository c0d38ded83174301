import Topology
import Foundation
import Logging
import Operators
import PipelineCore
import Runtime
import ZeroMQ

/// One `millrace run`, from its directory to its exit code.
struct LocalRun {
  let plan: PlannedRun
  let registry: OperatorRegistry
  let mode: RunOutput.Mode
  let keepsDirectory: Bool

  /// Carries the run out, tells people about it and leaves nothing behind.
  func run() async -> ExitStatus {
    let start = MonotonicClock.now
    // Watched from the start, so that nothing made from here on is left behind.
    let signals = SignalWatch()
    do {
      let directory = try RunDirectory(keeps: keepsDirectory)
      let output = RunOutput(plan: plan, mode: mode, directory: directory, start: start)
      defer { directory.leave(output) }
      return await run(in: directory, output, signals)
    } catch {
      StandardError.write(
        "error: cannot make the run's directory \(error.endpoint ?? ""): \(error.reason); "
          + "set TMPDIR to a directory that exists and can be written")
      return .rejected
    }
  }

  private func run(
    in directory: RunDirectory, _ output: RunOutput, _ signals: SignalWatch
  ) async -> ExitStatus {
    let run = RunID(rawValue: .random(in: 1 ... .max))
    var log = Logger(label: "millrace") { StreamLogHandler.standardError(label: $0) }
    log.logLevel = mode == .quiet ? .error : .warning
    let coordinator = Coordinator(
      plan.request(run: run, registry: registry), directory: directory.directory,
      worker: workerCommand(directory), log: log,
      onEvent: { output.event($0) }, onProgress: { output.progress($0) })
    signals.onSignal { signal in
      coordinator.cancel(
        Failure(.operating, ExitStatus.after(signal: signal).reason))
    }
    output.started(run)
    do {
      let report = try await coordinator.run()
      let status = output.ended(report)
      guard status != .success, let signal = signals.received else { return status }
      return .after(signal: signal)
    } catch {
      output.failedToStart(error)
      return .rejected
    }
  }

  private func workerCommand(_ directory: RunDirectory) -> Coordinator.WorkerCommand {
    let interval = plan.topology.liveness.interval
    let milliseconds = max(1, Span(interval).nanoseconds / 1_000_000)
    let patience = max(1, Span(plan.topology.patience).nanoseconds / 1_000_000)
    let path = directory.directory.path
    return Coordinator.WorkerCommand(executable: ThisProgram.path) { node, name in
      [
        "worker", "--directory", path, "--node", "\(node)", "--name", name,
        "--interval", "\(milliseconds)", "--patience", "\(patience)",
        "--parent", "\(ProcessInfo.processInfo.processIdentifier)",
      ]
    }
  }
}
