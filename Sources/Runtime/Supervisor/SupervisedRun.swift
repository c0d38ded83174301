import PipelineCore
import ZeroMQ

/// What a supervisor knows of one run: its machine and what it told of it. Another run has another one.
struct SupervisedRun {
  let identity: NodeIncarnation
  var machine: Supervisor
  var orders: OrderSenders
  var snapshot = RunSnapshot()
  /// The snapshot that was told last.
  var reported = RunSnapshot()
  /// Partitions of which it was told that they are stored.
  private var told = PartitionBitmap()
  /// The sink whose word came last.
  private var sink: NodeIncarnation?
  private var latest: [NodeID: LiveNode] = [:]
  /// The roster with which nodes were told last.
  private var toldRoster: UInt64 = 0
  private var endedAt: Instant?
  private var isVacated = false
  private var own: Beat
  private var nextOwn: Instant

  /// Ventilator and sink have so many intervals to leave a run that has ended.
  static let leavingIntervals: Int64 = 8

  /// A run of which nothing is known.
  ///
  /// - Parameter own: what the supervisor says of itself in this run.
  init(own: Beat, machine: Supervisor, orders: OrderSenders, at now: Instant) {
    identity = own.sender
    self.own = own
    self.machine = machine
    self.orders = orders
    nextOwn = now
  }

  var run: RunID { machine.run }

  private var interval: Span { machine.configuration.interval }

  /// When something is to be done although nothing comes.
  var nextTick: Instant { min(machine.nextTick, nextOwn) }

  /// The supervisor's own beat, where it is time for one. It never leaves the process: the supervisor is
  /// where rosters come from, and is on them for as long as it runs.
  mutating func takeOwnBeat(at now: Instant) -> Beat? {
    guard now >= nextOwn else { return nil }
    nextOwn = now + interval
    own.sequence += 1
    return own
  }

  /// Notes the last that a node said.
  mutating func note(_ beat: Beat, at now: Instant) {
    latest[beat.sender.node] = LiveNode(beat: beat, heard: now)
  }

  /// Notes the last that a node said where it binds what it bound before; returns whether that is so.
  mutating func noteAgain(_ beat: Beat, at now: Instant) -> Bool {
    guard let place = latest.index(forKey: beat.sender.node),
      latest.values[place].beat.endpoints == beat.endpoints
    else { return false }
    latest.values[place] = LiveNode(beat: beat, heard: now)
    return true
  }

  /// Those partitions of a sink's receipts of which it was not told before. As in the machine, the
  /// receipts of a sink count after its word.
  mutating func untold(
    _ receipts: [Receipt], from sender: NodeIncarnation
  ) -> [ClosedRange<UInt32>] {
    guard sender == sink else { return [] }
    var list: [ClosedRange<UInt32>] = []
    for receipt in receipts {
      if case .failed = receipt.outcome { continue }
      if told.isDisjoint(with: receipt.indexes) {
        told.insert(receipt.indexes)
        list.append(receipt.indexes)
      } else {
        for index in receipt.indexes where told.insert(index) { list.append(index...index) }
      }
    }
    return list
  }

  /// Those of a sink's word of which it was not told before, in ascending order.
  mutating func untold(
    _ word: PartitionBitmap, by sender: NodeIncarnation
  ) -> [ClosedRange<UInt32>] {
    sink = sender
    var list: [ClosedRange<UInt32>] = []
    for position in word.words.indices {
      var new = word.words[position]
      if position < told.words.count { new &= ~told.words[position] }
      while new != 0 {
        let index = UInt32(position) << 6 | UInt32(new.trailingZeroBitCount)
        new &= new - 1
        if let last = list.last, last.upperBound < index, last.upperBound + 1 == index {
          list[list.count - 1] = last.lowerBound...index
        } else {
          list.append(index...index)
        }
      }
    }
    told.formUnion(word)
    return list
  }

  /// The nodes on the roster, as often as one is published; `nil` in between.
  mutating func nodesToTell() -> [LiveNode]? {
    guard machine.sequence != toldRoster else { return nil }
    toldRoster = machine.sequence
    let listed = machine.members.compactMap { member in
      latest[member.node.node].flatMap { $0.beat.sender == member.node ? $0 : nil }
    }
    if latest.count > listed.count {
      latest = Dictionary(uniqueKeysWithValues: listed.map { ($0.beat.sender.node, $0) })
    }
    return listed
  }

  /// Whether it has just come about that the run has ended and its ventilator and its sink have left it,
  /// or have had the time for that.
  mutating func takeVacated(at now: Instant) -> Bool {
    guard machine.outcome != nil, !isVacated else { return false }
    let since = endedAt ?? now
    endedAt = since
    let isEmpty =
      machine.latestBeat(of: .ventilator) == nil && machine.latestBeat(of: .sink) == nil
    guard isEmpty || now - since >= interval * Self.leavingIntervals else { return false }
    isVacated = true
    return true
  }
}
