import Dispatch
import Foundation
import Ledger
import Logging
import PipelineCore
import Runtime
import Synchronization
import Wire

/// The supervisor of a cluster: the queue of runs, the ledger of each, and the engine that watches the
/// nodes.
///
/// Requests come on the thread of the commands, news on that of the engine; the engine waits for nobody's
/// disk, so news are taken in on a queue of their own.
final class ClusterSupervisor: Sendable {
  struct State {
    var core = ClusterCore()
    var nextOrder: UInt64 = 1
    var going: GoingRun?
    /// The nodes that are listed.
    var nodes: [LiveNode] = []
    /// Processes that have been told of as joined.
    var met = MetProcesses()
  }

  let store: ClusterStore
  let catalog: RunCatalog
  let log: Logger
  let state = Mutex(State())
  /// The ledger of the run that goes on, for what is posted without waiting.
  let ledger = Mutex<RunBooks?>(nil)
  let started = MonotonicClock.now
  private let news = DispatchQueue(label: "cluster")
  private let parts = Mutex(Parts())

  private struct Parts {
    var engine: SupervisorEngine?
    var server: CommandServer?
    var connections: Connections?
  }

  /// The limits of the time between two runs.
  static let idle = Supervisor.Configuration(interval: .seconds(1), onlyChildren: false)
  /// The largest output that is shown to who submitted a run.
  static let maximumOutput = 4 << 20

  /// Takes up the runs of a directory.
  ///
  /// - Throws: ``ClusterError``, ``LedgerError``.
  init(directory: String, log: Logger) throws {
    store = try ClusterStore(directory: directory)
    catalog = try RunCatalog(directory: directory + "/runs")
    self.log = log
    try takeUp()
  }

  /// Starts to listen, and goes on with the run that is the next.
  ///
  /// - Parameter failed: told when it cannot go on, with the reason.
  /// - Throws: ``ZeroMQError`` when an address is in use or not to be had, ``RuntimeError``.
  func start(
    _ connections: Connections, _ address: SupervisorAddress,
    failed: @escaping @Sendable (any Error) -> Void
  ) throws {
    // At once with the run that went on: nodes that are still at it would drop their work if the first
    // that they hear is that there is none.
    let going = state.withLock { $0.going }
    let engine = try SupervisorEngine(
      SupervisorEngine.Setup(
        run: going?.run.run ?? .none, configuration: going?.configuration ?? Self.idle),
      connections: connections, observer: observer, log: log)
    parts.withLock {
      $0.engine = engine
      $0.connections = connections
    }
    if let run = going?.run, run.isCancelled {
      engine.cancel(ClusterCore.cancellation, run: run.run)
    }
    do {
      let server = try CommandServer(
        connections, endpoint: address.commands, failed: failed,
        answer: { self.answer($0) })
      parts.withLock { $0.server = server }
    } catch {
      engine.stop()
      throw error
    }
  }

  /// Ends: what goes on goes on when a supervisor is started again.
  func stop() {
    let parts = parts.withLock { $0 }
    parts.server?.stop()
    parts.engine?.stop()
    news.sync {}
    state.withLock { state in
      if let books = state.going?.books { books.interrupt() }
      state.going = nil
    }
    store.close()
  }

  /// What was refused at the supervisor's ports.
  var refusals: Refusals { parts.withLock { $0.connections?.refusals } ?? Refusals() }

  /// The engine, from ``start(_:_:failed:)`` on.
  var engine: SupervisorEngine? { parts.withLock { $0.engine } }

  private var observer: SupervisorEngine.Observer {
    SupervisorEngine.Observer(
      event: { event in self.news.async { self.note(event) } },
      progress: { snapshot in
        let now = MonotonicClock.now
        self.news.async { self.state.withLock { $0.going?.figures.note(snapshot, at: now) } }
      },
      ended: { outcome in self.news.async { self.end(outcome) } },
      stored: { run, list in self.note(list, of: run) },
      vacated: { run in self.news.async { self.vacate(run) } },
      nodes: { nodes in self.news.async { self.note(nodes) } })
  }

  /// Reads what is on disk.
  private func takeUp() throws(ClusterError) {
    let loaded = try store.load()
    for line in loaded.damage { log.error("\(line)") }
    try state.withLock { state throws(ClusterError) in
      for var run in loaded.runs {
        state.nextOrder = run.order + 1
        if run.outcome == nil, let outcome = outcomeInLedger(of: run) {
          run.outcome = outcome
          try store.update(run)
        }
        handle(.submitted(run), &state)
      }
    }
  }

  /// Tells the queue of something and does what follows from it.
  func handle(_ event: ClusterCore.Event, _ state: inout State) {
    var actions: [ClusterCore.Action] = []
    state.core.handle(event, into: &actions)
    for action in actions {
      switch action {
      case .begin(let run): begin(run, &state)
      case .idle: engine?.idle(Self.idle)
      case .stop(let run, let failure): engine?.cancel(failure, run: run)
      case .forget(let run): forget(run)
      }
    }
  }

  private func forget(_ run: ClusterRun) {
    do {
      try store.remove(run.id)
      if try catalog.ids().contains(run.id) { try catalog.remove(run.id) }
    } catch {
      log.warning("a run of the past is not removed", metadata: ["error": "\(error)"])
    }
  }
}
