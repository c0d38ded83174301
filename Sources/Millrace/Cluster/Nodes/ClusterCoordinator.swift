import Access
import ArgumentParser
import Logging
import Operators
import PipelineCore
import Runtime
import Synchronization
import ZeroMQ

/// Supervisor, ventilator and sink of a cluster in one process. They talk through the same sockets as if
/// they were three, and each has its own context.
final class ClusterCoordinator: Sendable {
  private let supervisor: ClusterSupervisor
  private let context: Context
  private let client: CommandClient
  private let ventilator: RoleAgent
  private let sink: RoleAgent
  private let janitor: ResultJanitor
  private let failure = FirstFailure()
  private let log: Logger

  /// Starts the supervisor and prepares the others.
  ///
  /// - Throws: ``ClusterError``, ``ZeroMQError``, ``RuntimeError``, ``AccessError``, ``ValidationError``.
  init(
    _ listening: ListenOptions, advertise: String?, port: UInt16?, state: String,
    registry: OperatorRegistry, log: Logger
  ) throws {
    self.log = log
    let address = try listening.address()
    let credentials = try listening.credentials()
    guard case .tcp(let host, let supervisorPort) = address.beats else {
      preconditionFailure("a supervisor listens on tcp")
    }
    let isAny = ["*", "0.0.0.0", "[::]"].contains(host)
    guard !isAny || advertise != nil else {
      throw ValidationError(
        "--listen \(listening.listen) says nothing that workers could connect to; give this host's name "
          + "or address with --advertise")
    }
    let own = try SupervisorAddress(
      network: "\(isAny ? "127.0.0.1" : host):\(supervisorPort)")
    client = try CommandClient(own, credentials, allowsInsecure: listening.insecure)
    func configuration(_ node: NodeID, _ name: String, port: UInt16?) -> AgentConfiguration {
      AgentConfiguration(
        node: node, name: name, supervisor: own,
        transport: .network(
          Transport.Network(
            credentials: credentials, bindHost: host, advertisedHost: advertise, port: port,
            allowsInsecure: listening.insecure)))
    }
    func logger(of role: String) -> Logger {
      var own = log
      own[metadataKey: "role"] = "\(role)"
      return own
    }
    let results = try ResultDirectory(state: state + "/sink")
    let (ventilatorLog, sinkLog) = (logger(of: "ventilator"), logger(of: "sink"))
    ventilator = try RoleAgent.ventilator(
      configuration(.ventilator, "ventilator", port: port),
      directory: ClusterRunDirectory(client, registry: registry, log: ventilatorLog),
      log: ventilatorLog)
    // The ventilator has two ports.
    sink = try RoleAgent.sink(
      configuration(.sink, "sink", port: port.map { $0 &+ 2 }),
      directory: ClusterRunDirectory(client, registry: registry, results: results, log: sinkLog),
      log: sinkLog)
    supervisor = try ClusterSupervisor(directory: state, log: log)
    context = try Context()
    let (ventilator, sink, failure) = (ventilator, sink, failure)
    try supervisor.start(try listening.connections(context), address) { error in
      failure.keep(error)
      ventilator.stop()
      sink.stop()
    }
    janitor = try ResultJanitor(results, client, log: log)
    log.info("listens", metadata: ["address": "\(address.beats)"])
  }

  /// Takes part in runs until ``stop()``.
  ///
  /// - Throws: what a role fails with; the others have ended then.
  func run() throws {
    let thread = try NativeThread(name: "sink") { [sink, ventilator, failure] in
      do {
        try sink.run()
      } catch {
        failure.keep(error)
        ventilator.stop()
      }
    }
    do {
      try ventilator.run()
    } catch {
      failure.keep(error)
    }
    sink.stop()
    thread.join()
    janitor.stop()
    supervisor.stop()
    try context.terminate()
    if let error = failure.first { throw error }
  }

  /// What a role failed with, the first of all.
  private final class FirstFailure: Sendable {
    private let kept = Mutex<(any Error)?>(nil)

    var first: (any Error)? { kept.withLock { $0 } }

    func keep(_ error: any Error) {
      kept.withLock { $0 = $0 ?? error }
    }
  }

  /// Ends all roles; any thread.
  func stop() {
    client.stop()
    sink.stop()
    ventilator.stop()
  }
}
