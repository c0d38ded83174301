import ArgumentParser
import Ledger
import Logging
import PipelineCore
import Runtime
import Synchronization
import ZeroMQ

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// `millrace worker`.
struct WorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker",
    abstract: "Be a worker of a cluster.",
    discussion: """
      Computes partitions of one run after the other until SIGTERM ends it: then it finishes what is \
      under way, hands back the rest and goes. Start as many as there are processors, on any hosts.

        $ millrace worker --to supervisor.example:5700 --key-file worker.key

      With --directory it joins one run of `millrace run` on this host instead, which starts its workers \
      by itself, and leaves when that ends.
      """)

  @OptionGroup var supervisor: SupervisorOptions
  @OptionGroup var options: NodeOptions

  @Option(help: "The private directory of a run on this host, in which its sockets are.")
  var directory: String?

  @Option(help: "With --directory: milliseconds between two beats.")
  var interval: Int64 = 250

  @Option(help: "With --directory: milliseconds that a silent supervisor is waited for.")
  var patience: Int64 = 30_000

  @Option(help: "With --directory: leave when this process, which started the worker, is gone.")
  var parent: Int32 = 0

  @Option(
    name: .customLong("run"),
    help: ArgumentHelp("With --directory: the run, as messages name it.", valueName: "hexadecimal"))
  var runNumber: String?

  @Flag(
    help: ArgumentHelp(
      "With --directory: standard input is memory in which to say what is under way.",
      visibility: .hidden))
  var markInput = false

  func validate() throws {
    guard (1...3_600_000).contains(interval) else {
      throw ValidationError("--interval is 1 to 3600000 milliseconds")
    }
    guard (1...86_400_000).contains(patience) else {
      throw ValidationError("--patience is 1 to 86400000 milliseconds")
    }
    guard directory == nil || options.node != nil else {
      throw ValidationError("--directory needs --node, an id that no other node of the run has")
    }
    guard runNumber.map({ UInt64($0, radix: 16) ?? 0 != 0 }) ?? true else {
      throw ValidationError("--run is a hexadecimal number, not 0")
    }
  }

  func run() throws {
    if let directory, let node = options.node {
      try joinRun(in: directory, as: NodeID(rawValue: node))
    } else {
      try joinCluster()
    }
  }

  private func joinCluster() throws {
    let signals = SignalWatch()
    try RoleProcess.run("worker", insecure: supervisor.insecure) { log in
      let agent = try WorkerAgent(
        try options.configuration(
          supervisor, node: .randomWorker(), name: "\(HostName.current)-\(HostName.processID)"),
        registry: MillraceCommand.registry.withLock { $0 }, log: log)
      signals.onSignal { _ in agent.stop() }
      _ = try agent.run()
      log.info("ends: it was told to")
      // An operator may be at work on a partition that nobody wants any more.
      _exit(ExitStatus.success.rawValue)
    }
  }

  private func joinRun(in directory: String, as node: NodeID) throws {
    resetSignals()
    var log = Logger(label: "worker") { StreamLogHandler.standardError(label: $0) }
    log.logLevel = .warning
    let registry = MillraceCommand.registry.withLock { $0 }
    do {
      let directory = try openDirectory(directory)
      // Held until the process ends, however it ends: tells who resumes the run of workers that were
      // stopped and did not notice that their coordinator died.
      let mark = try RunLock(path: WorkerMark.path(in: directory.path))
      defer { mark.release() }
      let configuration = WorkerConfiguration(
        node: node, name: options.name ?? "worker-\(node.rawValue)",
        supervisor: try SupervisorAddress(directory: directory), directory: directory,
        beatInterval: .milliseconds(interval), patience: .milliseconds(patience), parent: parent,
        run: runNumber.flatMap { UInt64($0, radix: 16) }.map { RunID(rawValue: $0) },
        mark: try markInput ? .inherited() : nil)
      try leave(WorkerEngine.run(configuration, registry: registry, log: log))
    } catch let error where error is ZeroMQError || error is LedgerError || error is RuntimeError {
      StandardError.write("millrace worker: error: \(error)")
      throw ExitCode(ExitStatus.runFailed.rawValue)
    }
  }

  private func openDirectory(_ path: String) throws -> PrivateDirectory {
    do throws(ZeroMQError) {
      return try PrivateDirectory(existing: path)
    } catch {
      throw RuntimeError(
        "\(path): \(error.reason); give the directory of a run that goes on, which is private "
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
