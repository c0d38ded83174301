import DequeModule
import OrderedCollections

extension Ventilator {
  /// Takes in partitions that were cut. What a sink has stored already is never sent.
  mutating func take(_ sizes: [Int], into actions: inout Actions<Action>) {
    isCutting = false
    for size in sizes {
      guard cutCount < UInt32.max else {
        fail(
          Failure(
            .configuration,
            "the source has more than \(UInt32.max) partitions; choose a larger partition"))
        return
      }
      let index = cutCount
      cutCount += 1
      cutBytes += UInt64(size)
      if stored.contains(index) {
        actions.append(.release(index...index))
      } else if !isPointless(index) {
        pending.append(Pending(index: index, size: size))
      }
    }
    advancePrefix()
  }

  /// Notes that the whole source is cut.
  mutating func finishCutting() {
    isExhausted = true
    isCutting = false
    if case .working = phase { phase = .exhausted(partitions: cutCount) }
    checkStoredWereCut()
  }

  /// Fails when the sink has results of partitions that the source does not have.
  mutating func checkStoredWereCut() {
    guard isExhausted, let highest = stored.highest, highest >= cutCount else { return }
    fail(
      Failure(
        .configuration,
        "the sink has a result of partition \(highest), and the source has \(cutCount) partitions "
          + "only: the input is not the one that this run began with"))
  }

  /// Asks for more partitions when credit reaches beyond those that are cut.
  mutating func requestCut(into actions: inout Actions<Action>) {
    if case .failed = phase { return }
    guard !isCutting, !isExhausted, finalFailure == nil, !lanes.isEmpty else { return }
    var wanted = 2
    let states = lanes.values.elements
    for position in states.indices { wanted += states[position].room }
    let ahead = aheadLeft
    guard pending.count < wanted, ahead > 0 else { return }
    isCutting = true
    // Those that are stored already are cut along with the first that is not.
    let known = Int(stored.firstAbsent(from: cutCount) - cutCount)
    actions.append(
      .cut(atMost: min(wanted - pending.count + known, ahead, Self.maximumCut)))
  }

  /// How many partitions may be cut before the first one that is not settled is.
  var aheadLeft: Int { configuration.aheadPartitions - Int(cutCount - settledPrefix) }

  /// Moves the prefix behind all that is settled.
  mutating func advancePrefix() {
    while settledPrefix < cutCount, isSettled(settledPrefix) { settledPrefix += 1 }
  }

  /// At most this many partitions are asked for at once.
  package static let maximumCut = 65_536
}
