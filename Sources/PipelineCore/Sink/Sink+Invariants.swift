import DequeModule

extension Sink {
  /// Traps when the state contradicts itself.
  package func checkInvariants() {
    #if PLANTED_FAULTS
    // What was planted is for a test's own judgement to find.
    if planted != nil { return }
    #endif
    precondition(stored.count <= digests.count, "more partitions stored than digests kept")
    precondition(progress.partitions == UInt64(stored.count), "a partition was counted twice")
    if let without = completedWithout {
      precondition(
        total.map { Int($0) } == stored.count + without.count, "completed too early")
      precondition(!without.contains { stored.contains($0) }, "stored after it was given up")
    }
    for (earlier, later) in zip(unanswered, unanswered.dropFirst()) {
      precondition(earlier.token < later.token, "messages are answered out of order")
    }
    for (position, peer) in peers.enumerated() {
      precondition(
        !peers[..<position].contains { $0.node.node == peer.node.node },
        "two incarnations of one node are connected")
    }
  }
}
