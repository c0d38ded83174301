import PipelineCore
import Subprocess
import SystemPackage

/// A worker process that this one has started.
package struct WorkerChild: Sendable {
  /// The lines of standard error that are kept of each child.
  static let keptLines = 20

  /// Starts a worker and waits for its end. Its standard input is a ``PartitionMark``. When the task is cancelled the child is told to end and,
  /// after a grace, killed.
  ///
  /// - Parameters:
  ///   - started: called with the process's id as soon as there is one.
  /// - Returns: how it ended; also when it could not be started.
  static func run(
    executable: String, arguments: [String], started: @escaping @Sendable (Int32) -> Void
  ) async -> ExitCause {
    let lines = LastLines(limit: keptLines)
    let mark: PartitionMark
    do {
      mark = try PartitionMark()
    } catch {
      return ExitCause(status: .notStarted(error.description), lastLines: [])
    }
    var options = PlatformOptions()
    options.teardownSequence = [
      .send(signal: .terminate, allowedDurationToNextStep: .milliseconds(500))
    ]
    do {
      let result = try await Subprocess.run(
        .path(FilePath(executable)), arguments: Arguments(arguments), platformOptions: options,
        input: .fileDescriptor(
          FileDescriptor(rawValue: mark.descriptor), closeAfterSpawningProcess: false),
        output: .discarded, error: .sequence
      ) { execution in
        started(execution.processIdentifier.value)
        // Bytes, not lines: a line without end must neither fill the memory nor end the reading,
        // which would leave the child waiting for ever to write on.
        for try await buffer in execution.standardError {
          buffer.withUnsafeBytes { bytes in lines.add(bytes) }
        }
      }
      let status: ExitCause.Status =
        switch result.terminationStatus {
        case .exited(let code): .code(code)
        case .signaled(let number): .signal(number)
        }
      return ExitCause(status: status, lastLines: lines.all, underWay: mark.partition)
    } catch is CancellationError {
      return ExitCause(status: .signal(15), lastLines: lines.all)
    } catch {
      var reason = "\(error)"
      while reason.hasSuffix(".") { reason.removeLast() }
      return ExitCause(
        status: .notStarted(
          "\(executable): \(reason); check that it can be executed and that the limits of "
            + "processes and memory allow it"), lastLines: lines.all)
    }
  }
}
