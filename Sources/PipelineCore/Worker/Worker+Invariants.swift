import DequeModule

extension Worker {
  /// Traps when the state contradicts itself.
  package func checkInvariants() {
    #if PLANTED_FAULTS
    // What was planted is for a test's own judgement to find.
    if planted != nil { return }
    #endif
    var tokens = Set(waiting.map(\.token))
    tokens.formUnion(unsent.map(\.token))
    var partitions = waiting.reduce(0) { $0 + $1.partitions }
    partitions += unsent.reduce(0) { $0 + $1.partitions }
    if let computing {
      tokens.insert(computing.token)
      partitions += computing.partitions
    }
    precondition(tokens.count == heldCount, "a pack is held twice")
    precondition(partitions == heldPartitions, "the partitions held are not counted right")
    precondition(!hasLeft || heldCount == 0, "a worker that left holds packs")
    precondition(computing != nil || waiting.isEmpty, "packs wait while nothing is computed")
    precondition(sink == nil || unsent.isEmpty, "results are kept although there is a sink")
    precondition(
      !waiting.contains { pastVentilators.contains($0.sender) }, "a pack of the past waits")
    precondition(
      pastVentilators.count <= Self.maximumPastVentilators, "too many ventilators are remembered")
    if let ventilator {
      precondition(!pastVentilators.contains(ventilator), "the ventilator is one of the past")
    }
  }
}
