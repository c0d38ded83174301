import OrderedCollections

extension Ventilator {
  /// Follows the sink that a roster lists.
  mutating func follow(listed sink: NodeIncarnation?, into actions: inout Actions<Action>) {
    guard let sink, sink != sinks.current else { return }
    follow(sink, into: &actions)
  }

  /// Takes in a sink's word.
  mutating func take(
    _ word: PartitionBitmap, of sink: NodeIncarnation, into actions: inout Actions<Action>
  ) {
    if sink == sinks.current {
      merge(word, into: &actions)
    } else {
      sinks.keep(word, of: sink)
    }
  }

  /// Takes in a message of receipts.
  mutating func take(
    _ receipts: [Receipt], from sink: NodeIncarnation, at now: Instant,
    into actions: inout Actions<Action>
  ) {
    // A sink gives its word before all else.
    guard sink == sinks.current, sinks.hasWord else {
      keep(receipts, from: sink)
      return
    }
    for receipt in receipts { settle(receipt, at: now, into: &actions) }
    advancePrefix()
  }

  /// What a sink stores that is listed a moment later adds to its word.
  private mutating func keep(_ receipts: [Receipt], from sink: NodeIncarnation) {
    for receipt in receipts where receipt.partition.stage == stage {
      if case .failed = receipt.outcome { continue }
      for index in receipt.indexes where mayBeStored(index) { sinks.keep(index, of: sink) }
    }
  }

  /// Takes all leases back: what workers send to the sink before this one may never be answered.
  private mutating func follow(_ sink: NodeIncarnation, into actions: inout Actions<Action>) {
    let word = sinks.follow(sink)
    var back: [Pending] = []
    for position in lanes.values.indices { back += takeBackAll(from: position) }
    requeue(back, into: &actions)
    if let word { merge(word, into: &actions) }
  }

  private mutating func merge(_ word: PartitionBitmap, into actions: inout Actions<Action>) {
    if !sinks.hasWord, let lost = stored.first(absentFrom: word) {
      fail(
        Failure(
          .operating,
          "the sink started again without the result of partition \(lost), which was stored before: "
            + "its result store is damaged or another one; go on with `millrace resume RUN`"))
    }
    sinks.hasWord = true
    for position in 0..<min(word.words.count, Int(cutCount + 63) / 64) {
      let known = position < stored.words.count ? stored.words[position] : 0
      var fresh = word.words[position] & ~known
      while fresh != 0 {
        let index = UInt32(position) << 6 | UInt32(fresh.trailingZeroBitCount)
        fresh &= fresh - 1
        if index < cutCount { forget(index...index, into: &actions) }
      }
    }
    stored.formUnion(word)
    advancePrefix()
    checkStoredWereCut()
  }

  /// Whether a receipt of an index that is not cut yet can be believed: a sink may have stored what a
  /// ventilator before this one had cut. Bounds the memory that a faulty peer can claim.
  func mayBeStored(_ index: UInt32) -> Bool {
    if index < cutCount { return true }
    if isExhausted { return false }
    return UInt64(index) < UInt64(max(cutCount, stored.highest ?? 0)) + Self.storedWindow
  }

  /// How far beyond all that is known an index may be of which a receipt says that it is stored.
  package static let storedWindow: UInt64 = 1 << 24
}

extension PartitionBitmap {
  /// The first member that the other set lacks.
  fileprivate func first(absentFrom other: PartitionBitmap) -> UInt32? {
    for position in words.indices {
      let theirs = position < other.words.count ? other.words[position] : 0
      let lacking = words[position] & ~theirs
      if lacking != 0 { return UInt32(position) << 6 | UInt32(lacking.trailingZeroBitCount) }
    }
    return nil
  }
}
