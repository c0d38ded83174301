import Operators
import PipelineCore
import Testing
import ZeroMQ

@testable import Runtime

/// The roles of a coordinator with workers on threads of this process, joined by sockets only.
final class TestRun {
  let roles: CoordinatorRoles
  let events = Shared<[RunEvent]>([])
  let outcome = Shared<Supervisor.Outcome?>(nil)
  let snapshot = Shared(RunSnapshot())
  /// What earlier sessions had stored, once the run has ended.
  private(set) var recovered = Beat.Progress()
  private let directory: PrivateDirectory
  private var workers: [WorkerThread] = []

  init(_ context: Context, _ directory: PrivateDirectory, _ request: RunRequest) throws {
    self.directory = directory
    let (events, outcome, snapshot) = (events, outcome, snapshot)
    roles = try CoordinatorRoles(
      request, context: context, directory: directory, processor: nil,
      observer: SupervisorEngine.Observer(
        event: { event in events.update { $0.append(event) } },
        progress: { now in snapshot.update { $0 = now } },
        ended: { ended in outcome.update { $0 = ended } }, startChild: { _, _ in },
        killChild: { _ in }), log: silentLog)
  }

  /// Starts a worker with the next free node id, from 4.
  func addWorker(_ registry: OperatorRegistry = OperatorRegistry()) throws {
    let node = CoordinatorRoles.firstWorker + UInt64(workers.count)
    workers.append(try WorkerThread(directory, node: node, registry: registry))
  }

  /// Waits until the run has ended and all have left.
  ///
  /// - Returns: how it ended, and the captured output.
  func finish() throws -> (outcome: Supervisor.Outcome?, captured: [UInt8]) {
    if !outcome.waits(until: { $0 != nil }) {
      roles.supervisor.cancel(Failure(.operating, "the test's patience is over"))
      Issue.record("the run did not end: \(snapshot.value) \(events.value)")
    }
    for worker in workers { #expect(try worker.join() != nil) }
    let ending = roles.leave()
    recovered = ending.recovered
    return (outcome.value, ending.captured)
  }
}

extension RunRequest {
  /// A run of one operator over a source. Without a storage, nothing of it is kept and early results
  /// wait in the directory.
  static func test(
    _ directory: PrivateDirectory, _ operators: [String], _ source: ListSource,
    target: OutputTarget = .capture, storage: RunStorage? = nil, byReference: Bool = true,
    sinkPart: (@Sendable () throws -> any SinkPart)? = nil, onFailure: FailurePolicy = .fail,
    attempts: Int = 4, packPartitions: Int = 4096, patience: Span = .seconds(60), workers: Int = 2
  ) -> RunRequest {
    RunRequest(
      specification: StageSpecification(
        operators, files: source.files.map { StageSpecification.File($0) }),
      openSource: { source }, makeSinkPart: sinkPart ?? { ConcatenatingSinkPart() },
      target: target, storage: storage ?? .temporary(in: "\(directory.path)/early"),
      byReference: byReference,
      ventilator: VentilatorConfiguration(
        packPartitions: packPartitions, attempts: attempts, retryBackoff: .milliseconds(1),
        onFailure: onFailure),
      supervisor: Supervisor.Configuration(
        interval: .milliseconds(100), patience: patience, onlyChildren: true,
        onFailure: onFailure),
      workers: workers)
  }
}
