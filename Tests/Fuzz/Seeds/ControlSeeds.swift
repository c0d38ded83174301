import PipelineCore
import Wire

/// Control messages that use every field and every case.
enum ControlSeeds {
  static let messages: [ControlMessage] =
    phases.map { .beat(beat($0)) }
    + [.beat(workerBeat), .beat(ventilatorBeat)]
    + Roster.RunPhase.allCases.map { .roster(roster($0)) }
    + orders.map {
      .order(OrderMessage(run: CommonSeeds.run, supervisor: CommonSeeds.ventilator, order: $0))
    }

  private static let partition = PartitionID(stage: 3, index: 9)

  private static let phases: [Beat.Phase] = [
    .working, .exhausted(partitions: 10), .finished(rows: 5, bytes: 60),
    .failed(CommonSeeds.failure), .left,
  ]

  private static let orders: [Order] = [
    .evict(CommonSeeds.worker),
    .evict(CommonSeeds.worker, suspect: Suspect(partition, isOverTime: false)),
    .evict(CommonSeeds.worker, suspect: Suspect(partition, isOverTime: true)),
    .release(CommonSeeds.worker), .cancel,
  ]

  private static var endpoints: Beat.Endpoints {
    Beat.Endpoints(
      lane: "tcp://10.0.0.7:5555", results: "tcp://[::1]:5556", receipts: "ipc:///run/r",
      orders: "ipc:///run/o", key: [UInt8](1...32))
  }

  private static func beat(_ phase: Beat.Phase) -> Beat {
    Beat(
      sender: CommonSeeds.worker, roles: .worker, name: "worker-2", host: "mill", processID: 4711,
      sequence: 3, interval: .milliseconds(250), joined: true, endpoints: endpoints,
      progress: Beat.Progress(
        partitions: 1, bytes: 2, rows: 3, skipped: 4, duplicates: 5, held: 6, secondAttempts: 7),
      phase: phase)
  }

  private static var workerBeat: Beat {
    var beat = beat(.working)
    beat.run = CommonSeeds.run
    beat.isDraining = true
    beat.seesFiles = true
    beat.underWay = Beat.UnderWay(partition: partition, elapsed: .milliseconds(1500))
    return beat
  }

  private static var ventilatorBeat: Beat {
    var beat = beat(.working)
    beat.roles = .ventilator
    beat.evictions = [
      Beat.Eviction(worker: CommonSeeds.worker, requeued: 2, suspect: partition),
      Beat.Eviction(worker: CommonSeeds.sink, requeued: 0, suspect: nil),
    ]
    beat.quarantined = [
      Quarantined(
        partition: PartitionID(stage: 3, index: 8), attempts: 1, failure: CommonSeeds.failure),
      Quarantined(partition: partition, attempts: 4, failure: Failure(.death, "signal 9")),
    ]
    beat.unreachable = [CommonSeeds.worker]
    return beat
  }

  private static func roster(_ phase: Roster.RunPhase) -> Roster {
    var worker = Roster.Member(
      node: CommonSeeds.worker, roles: .worker, name: "worker-2", endpoints: endpoints, held: 6)
    worker.isDraining = true
    worker.seesFiles = true
    return Roster(
      supervisor: CommonSeeds.ventilator, sequence: 9, interval: .milliseconds(250),
      run: .init(id: CommonSeeds.run, phase: phase, total: 12, quarantined: [8, 300]),
      members: [
        .init(
          node: CommonSeeds.ventilator, roles: [.ventilator, .supervisor], name: "v",
          endpoints: Beat.Endpoints(), held: 0),
        worker,
      ])
  }
}
