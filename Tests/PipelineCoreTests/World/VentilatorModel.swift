import PipelineCore

/// What a ventilator may do, told from what it was given and what it has sent: a second opinion
/// that shares nothing with the machine.
struct VentilatorModel {
  private struct Partition {
    var size: Int
    var attempts: UInt16 = 0
    var charged = 0
    var isStored = false
    var isReleased = false
    var holder: NodeIncarnation?
    var notBefore = Instant(nanoseconds: .min)
    var avoiding: NodeID?
  }

  private struct Lane {
    var worker: NodeIncarnation
    /// Granted and not ended, oldest first.
    var held: [(index: UInt32, attempt: UInt16)] = []
  }

  private let configuration: VentilatorConfiguration
  private var partitions: [Partition] = []
  private var lanes: [Lane] = []
  private var isCutting = false
  private var isCancelled = false

  init(_ configuration: VentilatorConfiguration) { self.configuration = configuration }

  /// A partition that failed, or was under way at deaths, as often as it may; the run must fail.
  var exhausted: UInt32? {
    partitions.firstIndex { $0.charged >= configuration.attempts }.map { UInt32($0) }
  }

  /// Takes in what the machine is told.
  mutating func observe(_ event: Ventilator.Event, at now: Instant) {
    switch event {
    case .laneOpened(let worker):
      if !lanes.contains(where: { $0.worker == worker }) { lanes.append(Lane(worker: worker)) }
    case .cut(let sizes):
      isCutting = false
      partitions += sizes.map { Partition(size: $0) }
    case .exhausted: isCutting = false
    case .receipts(let receipts): for receipt in receipts { observe(receipt, at: now) }
    case .order(.evict(let worker)): evict(worker)
    case .order(.cancel): isCancelled = true
    case .order(.drain), .sourceFailed, .sendFailed, .tick: break
    }
  }

  private mutating func observe(_ receipt: Receipt, at now: Instant) {
    let index = Int(receipt.partition.index)
    var ended = false
    if let lane = lanes.firstIndex(where: { $0.worker == receipt.worker }),
      let place = lanes[lane].held.firstIndex(where: {
        $0.index == receipt.partition.index && $0.attempt == receipt.attempt
      })
    {
      lanes[lane].held.remove(at: place)
      partitions[index].holder = nil
      ended = true
    }
    guard case .failed = receipt.outcome else {
      partitions[index].isStored = true
      return
    }
    guard ended, !partitions[index].isStored else { return }
    let doublings = min(partitions[index].charged, 6)
    partitions[index].charged += 1
    partitions[index].avoiding = receipt.worker.node
    var wait = configuration.retryBackoff.nanoseconds
    for _ in 0..<doublings { wait += wait }
    partitions[index].notBefore = now + Span(nanoseconds: wait)
  }

  private mutating func evict(_ worker: NodeIncarnation) {
    guard let place = lanes.firstIndex(where: { $0.worker == worker }) else { return }
    var isOldest = true
    for (index, _) in lanes.remove(at: place).held {
      partitions[Int(index)].holder = nil
      if partitions[Int(index)].isStored { continue }
      partitions[Int(index)].avoiding = isOldest ? worker.node : nil
      if isOldest { partitions[Int(index)].charged += 1 }
      isOldest = false
    }
  }

  /// Judges what the machine wants done.
  mutating func judge(_ action: Ventilator.Action, at now: Instant) throws(Violation) {
    switch action {
    case .cut(let limit):
      if isCutting { throw Violation("asked to cut twice at once") }
      if limit < 1 { throw Violation("asked to cut \(limit) partitions") }
      isCutting = true
    case .closeLane(let worker):
      lanes.removeAll { $0.worker == worker }
    case .release(let index):
      if !partitions[Int(index)].isStored { throw Violation("released before stored", index) }
      if partitions[Int(index)].isReleased { throw Violation("released twice", index) }
      partitions[Int(index)].isReleased = true
    case .send(let worker, let grants):
      for grant in grants { try take(grant, to: worker, at: now) }
      try judgeMessage(grants, to: worker)
    }
  }

  private mutating func take(
    _ grant: Ventilator.Grant, to worker: NodeIncarnation, at now: Instant
  ) throws(Violation) {
    let index = grant.index
    guard let lane = lanes.firstIndex(where: { $0.worker == worker }) else {
      throw Violation("sent to a lane that is not open", index)
    }
    if isCancelled { throw Violation("sent after the run was cancelled", index) }
    guard Int(index) < partitions.count else { throw Violation("sent and never cut", index) }
    let partition = partitions[Int(index)]
    if partition.isStored { throw Violation("sent although it is stored", index) }
    if partition.holder != nil { throw Violation("sent while another worker holds it", index) }
    if grant.attempt != partition.attempts + 1 {
      throw Violation("attempt \(grant.attempt) after attempt \(partition.attempts)", index)
    }
    if partition.charged >= configuration.attempts { throw Violation("sent too often", index) }
    if now < partition.notBefore { throw Violation("sent before its back-off was over", index) }
    if partition.avoiding == worker.node, lanes.contains(where: { $0.worker.node != worker.node }) {
      throw Violation("sent to the node where it failed, and there is another", index)
    }
    partitions[Int(index)].attempts = grant.attempt
    partitions[Int(index)].holder = worker
    lanes[lane].held.append((index, grant.attempt))
  }

  private func judgeMessage(
    _ grants: [Ventilator.Grant], to worker: NodeIncarnation
  ) throws(Violation) {
    if grants.isEmpty { throw Violation("an empty message was sent") }
    let bytes = grants.reduce(0) { $0 + partitions[Int($1.index)].size }
    if grants.count > configuration.packPartitions {
      throw Violation("\(grants.count) partitions in one message", grants[0].index)
    }
    if grants.count > 1, bytes > configuration.packBytes {
      throw Violation("\(bytes) bytes in one message", grants[0].index)
    }
    let held = lanes.first { $0.worker == worker }?.held ?? []
    let heldBytes = held.reduce(0) { $0 + partitions[Int($1.index)].size }
    if held.count > configuration.creditPartitions {
      throw Violation("\(held.count) partitions outstanding in a lane", grants[0].index)
    }
    if held.count > 2, heldBytes > configuration.creditBytes {
      throw Violation("\(heldBytes) bytes outstanding in a lane", grants[0].index)
    }
  }
}
