extension Ventilator {
  /// Gives a partition up, which counts as settled from then on unless it comes to be stored.
  mutating func quarantine(
    _ partition: Pending, _ failure: Failure, into actions: inout Actions<Action>
  ) {
    let entry = Quarantined(
      partition: PartitionID(stage: stage, index: partition.index), attempts: partition.charged,
      failure: failure)
    guard quarantined.count < Beat.maximumQuarantined else {
      var last = failure
      last.message =
        "more than \(Beat.maximumQuarantined) partitions failed too often; the last one is partition "
        + "\(partition.index): \(failure.message)"
      fail(last)
      return
    }
    aside.insert(partition.index)
    let place = quarantined.firstIndex { $0.partition.index > partition.index }
    quarantined.insert(entry, at: place ?? quarantined.endIndex)
    actions.append(.quarantine(entry))
    advancePrefix()
  }

  /// Ends the work when all that is left is in quarantine and that is not to be.
  mutating func concludeQuarantine() {
    guard configuration.onFailure == .fail, let first = quarantined.first, isDone else { return }
    // An attempt that is still under way may yet be stored.
    if quarantined.contains(where: { leases[$0.partition.index] != nil }) { return }
    let named = quarantined.prefix(Self.maximumNamed).map { "\($0.partition.index)" }
    let more = quarantined.count - named.count
    var failure = first.failure
    failure.message =
      (quarantined.count == 1 ? "partition " : "partitions ") + named.joined(separator: ", ")
      + (more > 0 ? " and \(more) more" : "")
      + " failed too often; partition \(first.partition.index) failed \(first.attempts) "
      + (first.attempts == 1 ? "time" : "times") + ", the last time: \(first.failure.message); "
      + "look closer with `millrace replay RUN PARTITION`, go on with `millrace resume RUN`"
    fail(failure)
  }

  /// A failure names at most this many partitions.
  package static let maximumNamed = 10
}
