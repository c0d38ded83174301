package import Logging
package import PipelineCore
import Synchronization
package import ZeroMQ

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A run on this host: ventilator, supervisor and sink in this process, workers as its children,
/// joined by sockets only.
package final class Coordinator: Sendable {
  private let request: RunRequest
  private let directory: PrivateDirectory
  private let worker: WorkerCommand
  private let log: Logger
  private let onEvent: @Sendable (RunEvent) -> Void
  private let onProgress: @Sendable (RunSnapshot) -> Void
  private let state = Mutex(State())

  private struct State {
    var supervisor: SupervisorEngine?
    var cancelled: Failure?
    var events: [RunEvent] = []
    var snapshot = RunSnapshot()
    /// Processes of the children that run now, by node.
    var processes: [NodeID: Int32] = [:]
    /// Children that were evicted and have not joined again.
    var evicted: Set<NodeID> = []
  }

  /// How a task of the group that looks after the children ended.
  private enum ChildTask: Sendable {
    case workerEnded
    case timeOver
  }

  /// What the supervisor's thread tells the task that looks after the children.
  private enum News: Sendable {
    case startChild(NodeID, name: String)
    case ended(Supervisor.Outcome)
  }

  /// How a worker process is started.
  package struct WorkerCommand: Sendable {
    package var executable: String
    /// The arguments for a worker with this id and name.
    package var arguments: @Sendable (_ node: UInt64, _ name: String) -> [String]

    package init(
      executable: String,
      arguments: @escaping @Sendable (_ node: UInt64, _ name: String) -> [String]
    ) {
      self.executable = executable
      self.arguments = arguments
    }
  }

  /// Prepares a run; nothing is started yet.
  ///
  /// - Parameters:
  ///   - directory: private, for the run's sockets and what waits on disk.
  ///   - onEvent: called on the supervisor's thread.
  ///   - onProgress: called on the supervisor's thread.
  package init(
    _ request: RunRequest, directory: PrivateDirectory, worker: WorkerCommand, log: Logger,
    onEvent: @escaping @Sendable (RunEvent) -> Void,
    onProgress: @escaping @Sendable (RunSnapshot) -> Void
  ) {
    self.request = request
    self.directory = directory
    self.worker = worker
    self.log = log
    self.onEvent = onEvent
    self.onProgress = onProgress
  }

  /// Ends the run with this reason; it may be called from any thread, before or during ``run()``.
  package func cancel(_ failure: Failure) {
    let supervisor = state.withLock { state in
      if state.cancelled == nil { state.cancelled = failure }
      return state.supervisor
    }
    supervisor?.cancel(failure)
  }

  /// Carries the run out and leaves nothing behind: no process, no socket.
  ///
  /// - Throws: ``RuntimeError``, ``ZeroMQError``, ``StoreError``, or what the source and the operators
  ///   throw when they are set up. What happens later is in the report.
  package func run() async throws -> RunReport {
    let context = try Context()
    let roles: CoordinatorRoles
    let (news, teller) = AsyncStream.makeStream(of: News.self)
    do {
      roles = try CoordinatorRoles(
        request, context: context, directory: directory,
        processor: SharedProcessor { self.state.withLock { Array($0.processes.values) } },
        observer: observer(teller), log: log)
    } catch {
      try context.terminate()
      throw error
    }
    let cancelled = state.withLock { state in
      state.supervisor = roles.supervisor
      return state.cancelled
    }
    if let cancelled { roles.supervisor.cancel(cancelled) }
    // All are announced before the first may end: a run ends when all its children are gone.
    for number in 1...request.workers {
      roles.supervisor.childStarted(Self.node(number), name: Self.name(number))
    }
    let outcome = await superviseChildren(roles, news)
    guard let outcome else { preconditionFailure("a supervisor ends by saying how") }
    let ending = roles.leave()
    do throws(ZeroMQError) {
      try context.terminate()
    } catch {
      // The run has ended as it has: a context that lingers changes nothing of that.
      log.warning("the sockets' context has not ended", metadata: ["error": "\(error)"])
    }
    return state.withLock { state in
      // A run may end before the sink's first beat came.
      var snapshot = state.snapshot
      if snapshot.stored.partitions < ending.recovered.partitions {
        snapshot.stored = ending.recovered
      }
      return RunReport(
        outcome: Self.outcome(outcome, wasCancelled: state.cancelled != nil, ending),
        snapshot: snapshot, recovered: ending.recovered, captured: ending.captured,
        workingSeconds: roles.ventilator.workingTime.seconds, events: state.events)
    }
  }

  /// Starts the workers, and again those that the supervisor wants to have again, until the run has
  /// ended and all of them are gone.
  private func superviseChildren(
    _ roles: CoordinatorRoles, _ news: AsyncStream<News>
  ) async -> Supervisor.Outcome? {
    await withTaskGroup(of: ChildTask.self) { group in
      var started = request.workers
      for number in 1...request.workers {
        group.addTask { await self.runWorker(Self.node(number), Self.name(number), roles) }
      }
      var outcome: Supervisor.Outcome?
      for await item in news {
        switch item {
        case .startChild(let node, let name):
          roles.supervisor.childStarted(node, name: name)
          group.addTask { await self.runWorker(node, name, roles) }
          started += 1
          continue
        case .ended(let ending):
          outcome = ending
        }
        break
      }
      // Workers that finished well leave by themselves; the grace is for those that do not.
      if case .finished = outcome {
        self.killEvicted()
        await Self.wait(for: started, in: &group, atMost: .seconds(3))
      }
      group.cancelAll()
      return outcome
    }
  }

  /// A run that was cancelled when its output was in place already has finished.
  private static func outcome(
    _ outcome: Supervisor.Outcome, wasCancelled: Bool, _ ending: SinkEngine.Ending
  ) -> Supervisor.Outcome {
    guard wasCancelled, let written = ending.written else { return outcome }
    return .finished(rows: written.rows, bytes: written.bytes)
  }

  private static func node(_ number: Int) -> NodeID {
    NodeID(rawValue: CoordinatorRoles.firstWorker + UInt64(number) - 1)
  }

  private static func name(_ number: Int) -> String { "worker-\(number)" }

  private func runWorker(
    _ node: NodeID, _ name: String, _ roles: CoordinatorRoles
  ) async -> ChildTask {
    let cause = await WorkerChild.run(
      executable: worker.executable, arguments: worker.arguments(node.rawValue, name)
    ) { process in self.state.withLock { $0.processes[node] = process } }
    state.withLock { $0.processes[node] = nil }
    roles.supervisor.childExited(node, cause)
    return .workerEnded
  }

  /// Ends children that were evicted and did not come back: stopped ones would never leave.
  private func killEvicted() {
    state.withLock { state in
      for node in state.evicted {
        if let process = state.processes[node] { kill(process, SIGKILL) }
      }
    }
  }

  private func killChild(_ node: NodeID) {
    state.withLock { state in
      if let process = state.processes[node] { kill(process, SIGKILL) }
    }
  }

  private func note(_ event: RunEvent) {
    state.withLock { state in
      if state.events.count < RunReport.maximumEvents { state.events.append(event) }
      switch event {
      case .joined(let node, _, _): state.evicted.remove(node.node)
      case .lost(let loss): state.evicted.insert(loss.node.node)
      default: break
      }
    }
  }

  /// Waits until `count` workers have ended, or the time is over.
  private static func wait(
    for count: Int, in group: inout TaskGroup<ChildTask>, atMost limit: Duration
  ) async {
    group.addTask {
      do {
        try await Task.sleep(for: limit)
      } catch {
        // Cancelled: nobody waits any more.
        return .timeOver
      }
      return .timeOver
    }
    for _ in 0..<count {
      guard case .workerEnded = await group.next() else { return }
    }
  }

  private func observer(
    _ teller: AsyncStream<News>.Continuation
  ) -> SupervisorEngine.Observer {
    SupervisorEngine.Observer(
      event: { event in
        self.note(event)
        self.onEvent(event)
      },
      progress: { snapshot in
        self.state.withLock { $0.snapshot = snapshot }
        self.onProgress(snapshot)
      },
      ended: { outcome in
        teller.yield(.ended(outcome))
        teller.finish()
      },
      startChild: { node, name in teller.yield(.startChild(node, name: name)) },
      killChild: { node in self.killChild(node) })
  }
}
