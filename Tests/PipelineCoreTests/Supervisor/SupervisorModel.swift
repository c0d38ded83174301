import PipelineCore

/// What a supervisor may do and must do, told from the events it was given and what it said before.
struct SupervisorModel {
  private let configuration: Supervisor.Configuration
  /// The latest beat of each node that is on the roster by right, and when it came.
  private var heard: [NodeID: (node: NodeIncarnation, at: Instant)] = [:]
  private var dead: Set<NodeIncarnation> = []
  /// The latest incarnation of each node, and its highest sequence.
  private var latest: [NodeID: (node: NodeIncarnation, sequence: UInt64)] = [:]
  private var evicted: Set<NodeIncarnation> = []
  private var running: Set<NodeID> = []
  private var killed: Set<NodeID> = []
  private var lostAt: [NodeID: Instant] = [:]
  private var event: Supervisor.Event = .tick
  private var now: Instant
  private var roster: Roster?
  /// Whether the roster came in answer to the latest event.
  private var rosterIsNew = false
  private var rosterAt: Instant
  private var total: UInt32?
  private var sink: NodeIncarnation?
  private var hasWord = false
  /// Words of sinks that are not listed yet, and their order.
  private var words: [NodeIncarnation: Set<UInt32>] = [:]
  private var wordOrder: [NodeIncarnation] = []
  private var stored: Set<UInt32> = []
  private var quarantined: [UInt32] = []
  private var reported: Set<UInt32> = []
  private var isWritten = false
  private(set) var outcome: Supervisor.Outcome?

  init(_ configuration: Supervisor.Configuration, at now: Instant) {
    self.configuration = configuration
    self.now = now
    rosterAt = now
  }

  /// Takes in what the machine is told.
  mutating func observe(_ event: Supervisor.Event, at now: Instant) {
    self.event = event
    self.now = now
    rosterIsNew = false
    switch event {
    case .beat(let beat): observe(beat)
    case .childStarted(let node, _): running.insert(node)
    case .childExited(let node, _):
      running.remove(node)
      killed.remove(node)
      lostAt[node] = nil
      if let gone = heard.removeValue(forKey: node) { dead.insert(gone.node) }
    case .stored(let partitions, let sink):
      let members = Set((0..<200 as Range<UInt32>).filter { partitions.contains($0) })
      if sink != self.sink {
        if words[sink] == nil {
          wordOrder.append(sink)
          if wordOrder.count > 4 { words[wordOrder.removeFirst()] = nil }
        }
        words[sink, default: []].formUnion(members)
      } else {
        stored = hasWord ? stored.union(members) : members
        hasWord = true
      }
    case .receipts(let receipts, let sink):
      for receipt in receipts {
        if case .failed = receipt.outcome { continue }
        if sink != self.sink || !hasWord {
          _ = words[sink]?.insert(receipt.partition.index)
        } else {
          stored.insert(receipt.partition.index)
        }
      }
    case .revoked(let node):
      if heard[node.node]?.node == node { lost(node) }
    case .cancel, .tick: break
    }
  }

  private mutating func observe(_ beat: Beat) {
    let node = beat.sender.node
    if beat.run != .test { return }
    if dead.contains(beat.sender) || killed.contains(node) { return }
    if let last = latest[node], last.node == beat.sender, beat.sequence <= last.sequence { return }
    if beat.phase == .left {
      if heard[node]?.node == beat.sender { lost(beat.sender) }
      dead.insert(beat.sender)
      return
    }
    if isStuck(beat) {
      if heard[node]?.node == beat.sender {
        heard[node] = nil
        dead.insert(beat.sender)
      }
      return
    }
    if let before = latest[node]?.node, before != beat.sender { dead.insert(before) }
    latest[node] = (beat.sender, beat.sequence)
    heard[node] = (beat.sender, now)
    if beat.roles.contains(.sink), beat.sender != sink { follow(beat.sender) }
    lostAt[node] = nil
    if beat.roles.contains(.ventilator) {
      quarantined = beat.quarantined.map(\.partition.index)
      for eviction in beat.evictions where heard[eviction.worker.node]?.node == eviction.worker {
        lost(eviction.worker)
      }
    }
    switch beat.phase {
    case .exhausted(let partitions): total = partitions
    case .finished: isWritten = true
    case .working, .left, .failed: break
    }
  }

  private mutating func follow(_ next: NodeIncarnation) {
    sink = next
    hasWord = false
    guard let word = words.removeValue(forKey: next) else { return }
    wordOrder.removeAll { $0 == next }
    stored = word
    hasWord = true
  }

  private mutating func lost(_ node: NodeIncarnation) {
    heard[node.node] = nil
    dead.insert(node)
    if running.contains(node.node) { lostAt[node.node] = now }
  }

  private func isStuck(_ beat: Beat) -> Bool {
    guard let timeout = configuration.timeout, let underWay = beat.underWay else { return false }
    return underWay.elapsed > timeout
  }

  /// Judges what the machine wants done, in answer to the latest event.
  mutating func judge(_ action: Supervisor.Action) throws(Violation) {
    switch action {
    case .publish(let roster): try judge(roster)
    case .report(.lost(let loss)): try judge(loss)
    case .report(.quarantined(let entry)):
      let index = entry.partition.index
      guard quarantined.contains(index), reported.insert(index).inserted else {
        throw Violation("partition \(index) is not in quarantine, or was told before")
      }
    case .order(.evict(let worker, let suspect)):
      guard dead.contains(worker), evicted.insert(worker).inserted else {
        throw Violation("evicted alive, or twice")
      }
      var known: Suspect?
      switch event {
      case .beat(let beat) where isStuck(beat) && beat.sender == worker:
        known = beat.underWay.map { Suspect($0.partition, isOverTime: true) }
      case .childExited(let node, let exit) where node == worker.node:
        known = exit.underWay.map { Suspect($0, isOverTime: false) }
      default: break
      }
      if suspect != known { throw Violation("suspects another partition, or none") }
    case .order(.release(let worker)):
      switch event {
      case .beat(let beat) where beat.sender == worker && beat.phase == .left: break
      case .revoked(worker): break
      default: throw Violation("released without reason")
      }
      if !evicted.insert(worker).inserted { throw Violation("released twice") }
    case .killChild(let node):
      guard running.contains(node), killed.insert(node).inserted else {
        throw Violation("killed what does not run, or twice")
      }
      if case .beat(let beat) = event, beat.sender.node == node, isStuck(beat) { break }
      guard let lostAt = lostAt[node], now - lostAt >= configuration.replaceAfter else {
        throw Violation("killed without reason")
      }
    case .startChild(let node, _):
      if running.contains(node) || outcome != nil { throw Violation("started what runs") }
    case .ended(let outcome):
      if self.outcome != nil { throw Violation("ended twice") }
      self.outcome = outcome
      if case .finished = outcome, !isWritten { throw Violation("finished without an output") }
    case .order, .report: break
    }
  }

  private mutating func judge(_ loss: RunEvent.Loss) throws(Violation) {
    let isJust: Bool
    switch (loss.cause, event) {
    case (.exited, .childExited(let node, _)): isJust = node == loss.node.node
    case (.replaced, .beat(let beat)):
      isJust = beat.sender != loss.node && beat.sender.node == loss.node.node
    case (.stuck, .beat(let beat)): isJust = beat.sender == loss.node && isStuck(beat)
    case (.evicted, .beat(let beat)):
      isJust = beat.evictions.contains { $0.worker == loss.node }
    case (.left, .beat(let beat)): isJust = beat.sender == loss.node && beat.phase == .left
    case (.revoked, .revoked(let node)): isJust = node == loss.node
    case (.missedBeats, .tick):
      let limit = configuration.interval * Int64(configuration.missed)
      isJust = heard[loss.node.node].map { $0.node == loss.node && now - $0.at > limit } ?? false
      heard[loss.node.node] = nil
      if loss.roles.contains(.worker) { lost(loss.node) }
    default: isJust = false
    }
    if !isJust { throw Violation("lost without reason: \(loss.cause)") }
  }

  private mutating func judge(_ roster: Roster) throws(Violation) {
    if let last = self.roster, roster.sequence <= last.sequence {
      throw Violation("a roster out of sequence")
    }
    self.roster = roster
    rosterIsNew = true
    rosterAt = now
    for (earlier, later) in zip(roster.members, roster.members.dropFirst())
    where earlier.node.node >= later.node.node {
      throw Violation("a roster out of order")
    }
  }

  /// Judges what the machine has not done when it has answered an event.
  func judgeRest() throws(Violation) {
    if now - rosterAt > configuration.interval { throw Violation("no roster for an interval") }
    for (node, beat) in heard where now - beat.at >= configuration.interval * 4 {
      throw Violation("node \(node.rawValue) is silent and alive")
    }
    for (node, lostAt) in lostAt where now - lostAt > configuration.replaceAfter {
      if outcome == nil, !killed.contains(node) {
        throw Violation("a silent child is not replaced")
      }
    }
    guard let roster, rosterIsNew else { return }
    for member in roster.members where dead.contains(member.node) {
      throw Violation("a void incarnation is listed")
    }
    if Set(roster.members.map(\.node)) != Set(heard.values.map(\.node)) {
      throw Violation("the roster lists others than those heard")
    }
    let expected = Set(quarantined).subtracting(stored).filter { index in
      configuration.onFailure == .quarantine && total.map { index < $0 } ?? true
    }
    if roster.run.quarantined != expected.sorted() {
      throw Violation("the roster has other partitions in quarantine")
    }
  }
}
