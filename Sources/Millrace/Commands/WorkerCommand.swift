import Synchronization
import ArgumentParser
import Ledger
import Logging
import PipelineCore
import Runtime
import ZeroMQ

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// `millrace worker`: what `millrace run` starts its worker processes as.
struct WorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker",
    abstract: "Join a run on this host as a worker.",
    discussion: """
      `millrace run` starts its workers by itself; this command joins a run by hand, to look at one
      worker alone or to add one. It leaves when the run ends.
      """)

  @Option(help: "The run's private directory, in which its sockets are.")
  var directory: String

  @Option(help: "An id that no other node of the run has.")
  var node: UInt64

  @Option(help: "A name for people.")
  var name: String?

  @Option(help: "Milliseconds between two beats.")
  var interval: Int64 = 250

  @Option(help: "Milliseconds that a silent supervisor is waited for.")
  var patience: Int64 = 30_000

  @Option(help: "Leave when this process, which started the worker, is gone.")
  var parent: Int32 = 0

  func validate() throws {
    guard (1...3_600_000).contains(interval) else {
      throw ValidationError("--interval is 1 to 3600000 milliseconds")
    }
    guard (1...86_400_000).contains(patience) else {
      throw ValidationError("--patience is 1 to 86400000 milliseconds")
    }
  }

  func run() throws {
    resetSignals()
    var log = Logger(label: "worker") { StreamLogHandler.standardError(label: $0) }
    log.logLevel = .warning
    let registry = MillraceCommand.registry.withLock { $0 }
    do {
      let directory = try openDirectory()
      // Held until the process ends, however it ends: tells who resumes the run of workers that were
      // stopped and did not notice that their coordinator died.
      let mark = try RunLock(path: WorkerMark.path(in: directory.path))
      defer { mark.release() }
      let configuration = WorkerConfiguration(
        node: NodeID(rawValue: node), name: name ?? "worker-\(node)",
        supervisor: try SupervisorAddress(directory: directory), directory: directory,
        beatInterval: .milliseconds(interval), patience: .milliseconds(patience), parent: parent)
      try leave(WorkerEngine.run(configuration, registry: registry, log: log))
    } catch let error as ZeroMQError {
      StandardError.write("millrace worker: error: \(error)")
      throw ExitCode(ExitStatus.runFailed.rawValue)
    } catch let error as LedgerError {
      StandardError.write("millrace worker: error: \(error)")
      throw ExitCode(ExitStatus.runFailed.rawValue)
    } catch let error as RuntimeError {
      StandardError.write("millrace worker: error: \(error)")
      throw ExitCode(ExitStatus.runFailed.rawValue)
    }
  }

  private func openDirectory() throws -> PrivateDirectory {
    do throws(ZeroMQError) {
      return try PrivateDirectory(existing: directory)
    } catch {
      throw RuntimeError(
        "\(directory): \(error.reason); give the directory of a run that goes on, which is private "
          + "and holds its sockets")
    }
  }

  private func leave(_ reason: Worker.LeaveReason) throws {
    switch reason {
    case .runFinished, .runAbandoned, .parentDied, .otherRun, .drained:
      // The compute thread may be in the middle of a partition that nobody wants any more.
      _exit(ExitStatus.success.rawValue)
    case .supervisorSilent(let span):
      StandardError.write(
        "millrace worker: error: heard nothing from the supervisor for "
          + "\(Quantity.seconds(span.seconds)); leaving")
      _exit(ExitStatus.runFailed.rawValue)
    }
  }

  /// Ctrl-C is for the coordinator, which then ends its workers; SIGTERM ends this process.
  private func resetSignals() {
    signal(SIGINT, SIG_IGN)
    signal(SIGHUP, SIG_IGN)
    signal(SIGTERM, SIG_DFL)
    signal(SIGPIPE, SIG_IGN)
    var mask = sigset_t()
    sigemptyset(&mask)
    sigaddset(&mask, SIGTERM)
    pthread_sigmask(SIG_UNBLOCK, &mask, nil)
  }
}
