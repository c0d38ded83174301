import PipelineCore

extension World {
  /// Whether a supervisor that began, or last went on, at some time could not yet know of a silence.
  func canIgnoreSilence(since: Int64, supervisorStart: Int64) -> Bool {
    let from = max(since, supervisorStart, calmSince)
    let allowed = plan.interval.nanoseconds * Int64(plan.supervisor.missed + 2) + 1_000_000_000
    return now - from <= allowed
  }

  /// What a store showed at its recovery: all that was durable.
  func judgeRecovery(_ indexes: [UInt32]) throws(Violation) {
    var found = PartitionBitmap()
    for index in indexes {
      if !appended.contains(index) { throw Violation("recovered and never stored", index) }
      if !found.insert(index) { throw Violation("recovered twice", index) }
    }
    for index in 0..<UInt32(plan.partitions.count)
    where durable.contains(index) && !found.contains(index) {
      throw Violation("durable, and lost by the store", index)
    }
    // To recover is to flush what is shown.
    noteDurable(indexes)
  }

  /// A partition was given up: rightly if all its attempts met with trouble.
  func judgeQuarantine(_ given: Quarantined) throws(Violation) {
    let index = given.partition.index
    let isFinal = given.failure.isFinal
    quarantined.insert(index)
    excuses.hasGivenUp = true
    statistics.quarantined += 1
    if plan.partitions[Int(index)].isPoisonous { return }
    if isFinal || troubles[Int(index)] < plan.ventilator.attempts {
      throw Violation(
        "given up after \(given.attempts) attempts, of which \(troubles[Int(index)]) met with trouble: "
          + given.failure.message, index)
    }
  }

  /// The run failed: rightly if something was done to it that it cannot help.
  func judge(_ failure: Failure) throws(Violation) {
    if excuses.storeFailed, diskFaults > 0 { return }
    if plan.layout == .coordinator {
      let children = zip(stations, excuses.deaths).dropFirst()
      if children.allSatisfy({ $1 > plan.supervisor.restarts.limit }) { return }
    }
    if plan.supervisor.failsOnDifference, plan.partitions.contains(where: { $0.nature == .fickle })
    {
      excuses.isFinal = true
      return
    }
    if plan.ventilator.onFailure == .fail {
      if plan.partitions.contains(where: { $0.nature == .faulty }), failure.isFinal {
        excuses.isFinal = true
        return
      }
      if excuses.hasGivenUp {
        excuses.isFinal = true
        for index in 0..<UInt32(plan.partitions.count)
        where !durable.contains(index) && !quarantined.contains(index) {
          throw Violation("not done, though only others were given up: \(failure.message)", index)
        }
        return
      }
    }
    throw Violation("failed without a reason: \(failure.message)")
  }

  /// An output was written: it is what a run without faults gives.
  func judgeOutput(_ output: SimulatedOutput) throws(Violation) {
    var position = 0
    var next = 0
    var terms: [Double] = []
    terms.reserveCapacity(plan.partitions.count)
    for index in 0..<UInt32(plan.partitions.count) {
      if output.without.contains(index) {
        if !quarantined.contains(index) {
          throw Violation("missing in the output and not in quarantine", index)
        }
        terms.append(0)
        continue
      }
      guard next < output.indexes.count, output.indexes[next] == index else {
        throw Violation("missing in the output", index)
      }
      next += 1
      var expected = PartitionResult.bytes(of: index, variant: 0, seed: plan.seed)
      let end = min(position + expected.count, output.bytes.count)
      let found = output.bytes[position..<end]
      if plan.partitions[Int(index)].nature == .fickle {
        expected.replaceSubrange(0..<8, with: found.prefix(8))
      }
      if !found.elementsEqual(expected) { throw Violation("wrong bytes in the output", index) }
      terms.append(PartitionResult.term(of: found))
      position = end
    }
    if position != output.bytes.count { throw Violation("the output has more than all partitions") }
    if SinkMerge.sum(terms[...]).bitPattern != output.sum.bitPattern {
      throw Violation("the sum has other bits than in the run without faults")
    }
    if let earlier = self.output, earlier.without == output.without,
      !plan.partitions.contains(where: { $0.nature == .fickle }), earlier != output
    {
      throw Violation("a second output differs from the first")
    }
    self.output = output
  }

  /// After a run everybody leaves who could hear of its end.
  func judgeLeaving() throws(Violation) {
    guard isHealed || plan.mix == .none else { return }
    for process in processes where process.station == .coordinator {
      if process.ventilator?.hasLeft == false { throw Violation("the ventilator does not leave") }
      if process.sink?.hasLeft == false { throw Violation("the sink does not leave") }
    }
  }
}
