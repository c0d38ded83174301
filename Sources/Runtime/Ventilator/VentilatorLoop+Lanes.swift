import Logging
import PipelineCore
import ZeroMQ

extension VentilatorLoop {
  /// Connects to a worker, in place of any connection that there was, and tells it of the stage.
  mutating func openLane(to worker: NodeIncarnation, _ endpoint: String) throws {
    closeLane(to: worker)
    let lane: LaneSender
    do throws(ZeroMQError) {
      lane = try LaneSender(link.connections, to: worker, endpoint: endpoint)
    } catch {
      guard !link.connections.transport.isLocal else { throw error }
      // The worker's address, or its key, is at fault: it counts as unreachable, the run goes on.
      link.log.warning(
        "cannot connect to a worker",
        metadata: [
          "worker": "\(worker.node.rawValue)", "endpoint": "\(endpoint)", "error": "\(error)",
        ])
      return
    }
    let stage = packer.stageMessage(setup.specification, for: worker)
    try lane.send(stage.header, stage.payload)
    lanes[worker] = lane
    if let slot = try lane.watch(in: &poller) {
      connecting[worker] = slot
    } else {
      connected.append(worker)
    }
  }

  mutating func closeLane(to worker: NodeIncarnation) {
    if let slot = connecting.removeValue(forKey: worker) { poller.remove(slot) }
    lanes[worker] = nil
  }

  /// Tells the machine of lanes whose connection has come to stand.
  mutating func noteConnections() throws {
    guard !connecting.isEmpty else { return }
    var standing: [NodeIncarnation] = []
    for (worker, slot) in connecting where poller.isReadable(slot) {
      if let lane = lanes[worker], try lane.takeConnected() { standing.append(worker) }
    }
    for worker in standing.sorted() {
      if let slot = connecting.removeValue(forKey: worker) { poller.remove(slot) }
      try handle(.laneConnected(worker))
    }
  }

  mutating func send(_ grants: [Ventilator.Grant], to worker: NodeIncarnation) throws {
    // Where there is none the worker cannot be reached, and the machine takes back what it gave.
    guard let lane = lanes[worker] else { return }
    let message: LanePacker.Packed
    do {
      message = try packer.pack(grants, for: worker, byReference: readsFiles(worker))
    } catch {
      try handle(.sendFailed(worker, grants, error))
      return
    }
    let now = MonotonicClock.now
    let underWay = machine.leasedCount
    note { $0.send(underWay: underWay, at: now) }
    measured.extend(to: now)
    try lane.send(message.header, message.payload)
  }

  /// Tells a worker what it need not begin.
  mutating func recall(_ recalls: [Recall], from worker: NodeIncarnation) throws {
    guard let lane = lanes[worker] else { return }
    let message = packer.recallMessage(recalls, for: worker)
    try lane.offer(message.header, message.payload)
  }

  private func readsFiles(_ worker: NodeIncarnation) -> Bool {
    switch setup.byReference {
    case .always: true
    case .whenSeen: seeing.contains(worker)
    case .never: false
    }
  }
}
