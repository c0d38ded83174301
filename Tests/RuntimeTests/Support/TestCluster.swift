import Access
import Operators
import PipelineCore
import Testing
import ZeroMQ

@testable import Runtime

/// A cluster on this host whose nodes are threads with contexts of their own, joined by TCP.
final class TestCluster {
  /// Whether the cluster's sockets are encrypted.
  enum Protection: CaseIterable, Sendable { case none, curve }

  let address: SupervisorAddress
  let directory = TestDirectory()
  let keys: TestKeys?
  let events = Shared<[RunEvent]>([])
  let outcomes = Shared<[Supervisor.Outcome]>([])
  let vacated = Shared<[RunID]>([])
  let stored = Shared<[RunID: [ClosedRange<UInt32>]]>([:])
  let nodes = Shared<[LiveNode]>([])
  private(set) var supervisor: SupervisorEngine
  private(set) var connections: Connections
  private var agents: [AgentThread] = []
  private var nextWorker: UInt64 = 4

  /// Time between two beats of each node.
  static let interval = Span.milliseconds(50)

  static var configuration: Supervisor.Configuration {
    // A busy machine runs nobody for a while.
    Supervisor.Configuration(
      interval: interval, missed: 40, patience: .seconds(60), onlyChildren: false)
  }

  init(_ protection: Protection, in path: String) throws {
    keys = protection == .curve ? try TestKeys(in: "\(path)/keys") : nil
    let observer = Self.observer(events, outcomes, vacated, stored, nodes)
    // Four ports one after the other that nobody uses.
    var attempts = 0
    while true {
      let port = UInt16.random(in: 20_000...32_000)
      let address = try SupervisorAddress(network: "127.0.0.1:\(port)")
      do {
        (connections, supervisor) = try Self.start(address, keys, observer, run: .none)
        self.address = address
        return
      } catch let error as ZeroMQError where error.code == .addressInUse && attempts < 50 {
        attempts += 1
      }
    }
  }

  private static func observer(
    _ events: Shared<[RunEvent]>, _ outcomes: Shared<[Supervisor.Outcome]>,
    _ vacated: Shared<[RunID]>, _ stored: Shared<[RunID: [ClosedRange<UInt32>]]>,
    _ nodes: Shared<[LiveNode]>
  ) -> SupervisorEngine.Observer {
    SupervisorEngine.Observer(
      event: { event in events.update { $0.append(event) } }, progress: { _ in },
      ended: { outcome in outcomes.update { $0.append(outcome) } },
      stored: { run, list in stored.update { $0[run, default: []] += list } },
      vacated: { run in vacated.update { $0.append(run) } },
      nodes: { list in nodes.update { $0 = list } })
  }

  private static func start(
    _ address: SupervisorAddress, _ keys: TestKeys?, _ observer: SupervisorEngine.Observer,
    run: RunID
  ) throws -> (Connections, SupervisorEngine) {
    let connections = try Connections(
      Context(), .network(Transport.Network(credentials: keys?.supervisor.credentials ?? .none)),
      supervisor: address, allowList: try keys?.watch())
    let engine = try SupervisorEngine(
      SupervisorEngine.Setup(run: run, configuration: configuration), connections: connections,
      observer: observer, log: silentLog)
    return (connections, engine)
  }

  /// Ends the supervisor and starts another one that goes on with this run.
  func restartSupervisor(run: RunID) throws {
    supervisor.stop()
    try connections.context.terminate(within: .seconds(10))
    let observer = Self.observer(events, outcomes, vacated, stored, nodes)
    (connections, supervisor) = try Self.start(address, keys, observer, run: run)
  }

  private func configuration(
    _ node: NodeID, _ name: String, advertising host: String? = nil
  ) throws -> AgentConfiguration {
    AgentConfiguration(
      node: node, name: name, supervisor: address,
      transport: .network(
        Transport.Network(
          credentials: try keys?.add(name).credentials ?? .none, bindHost: "127.0.0.1",
          advertisedHost: host)), beatInterval: Self.interval)
  }

  private var starts = 0

  /// Each start of a role has a key of its own here.
  private func name(_ role: String) -> String {
    starts += 1
    return "\(role)-\(starts)"
  }

  @discardableResult
  func startVentilator() throws -> AgentThread {
    let agent = try RoleAgent.ventilator(
      configuration(.ventilator, name("ventilator")), directory: directory, log: silentLog)
    return try keep(AgentThread({ try agent.run() }, stop: { agent.stop() }))
  }

  @discardableResult
  func startSink() throws -> AgentThread {
    let agent = try RoleAgent.sink(
      configuration(.sink, name("sink")), directory: directory, log: silentLog)
    return try keep(AgentThread({ try agent.run() }, stop: { agent.stop() }))
  }

  @discardableResult
  func startWorker(
    _ registry: OperatorRegistry = OperatorRegistry(), name: String? = nil,
    advertising host: String? = nil, onStuck: @escaping @Sendable () -> Void = {}
  ) throws -> AgentThread {
    let agent = try WorkerAgent(
      configuration(
        NodeID(rawValue: nextWorker), name ?? self.name("worker"), advertising: host),
      registry: registry, onStuck: onStuck, log: silentLog)
    nextWorker += 1
    return try keep(
      AgentThread(
        {
          let reason = try agent.run()
          #expect(reason == .drained)
        }, stop: { agent.stop() }))
  }

  private func keep(_ agent: AgentThread) -> AgentThread {
    agents.append(agent)
    return agent
  }

  /// Begins a run that the directory knows.
  func begin(_ run: RunID) { supervisor.begin(run, Self.configuration) }

  /// Waits until a run has ended and been left.
  ///
  /// - Returns: how it ended, and its output.
  func end(of run: RunID) -> (outcome: Supervisor.Outcome?, output: [UInt8]?) {
    if !vacated.waits(until: { $0.contains(run) }) {
      Issue.record("run \(run.text) does not end: \(events.value) \(nodes.value)")
      supervisor.cancel(Failure(.operating, "the test's patience is over"), run: run)
    }
    return (outcomes.value.last, directory.outputs.value[run]?.last)
  }

  /// Waits until this many workers are on the roster.
  func has(workers count: Int) -> Bool {
    nodes.waits { $0.count { $0.beat.roles.contains(.worker) } == count }
  }

  /// Waits until a worker is at this partition.
  func isAt(_ index: UInt32) -> Bool {
    nodes.waits { $0.contains { $0.beat.underWay?.partition.index == index } }
  }

  var losses: [RunEvent.Loss] {
    events.value.compactMap { if case .lost(let loss) = $0 { loss } else { nil } }
  }

  /// Ends everybody.
  func stop() throws {
    for agent in agents { agent.signal() }
    for agent in agents { agent.join() }
    supervisor.stop()
    try connections.context.terminate(within: .seconds(10))
    #expect(connections.context.openSocketCount == 0)
  }
}

/// Runs a test with a cluster that ends on the way out.
func withCluster(
  _ protection: TestCluster.Protection, _ body: (TestCluster, PrivateDirectory) throws -> Void
) throws {
  let directory = try PrivateDirectory(temporary: "mr")
  defer { removeTree(directory.path) }
  let cluster = try TestCluster(protection, in: directory.path)
  do { try body(cluster, directory) } catch { Issue.record(error) }
  try cluster.stop()
}
