import DequeModule
import OrderedCollections

extension Ventilator {
  /// A failure that every attempt would have, and the partition that has it.
  struct FinalFailure: Sendable {
    var index: UInt32
    var failure: Failure
  }

  /// Ends the ventilator's work with a reason, once.
  mutating func fail(_ failure: Failure) {
    if case .failed = phase { return }
    phase = .failed(failure)
  }

  /// Notes a failure that no other attempt can mend. Partitions after it are not needed any more.
  mutating func noteFinal(_ failure: Failure, of index: UInt32) {
    if let known = finalFailure, known.index <= index { return }
    finalFailure = FinalFailure(index: index, failure: failure)
    pending.removeAll { $0.index >= index }
    suspects.removeAll { $0.index >= index }
    delayed.removeAll { $0.pending.index >= index }
  }

  /// Whether the run fails with a partition before this one, or with this one itself.
  func isPointless(_ index: UInt32) -> Bool {
    finalFailure.map { $0.index <= index } ?? false
  }

  /// Ends the work when no lower partition can still fail.
  mutating func concludeFinalFailure() {
    guard let final = finalFailure else { return }
    if pending.contains(where: { !isSettled($0.index) }) { return }
    if suspects.contains(where: { !isSettled($0.index) }) { return }
    if delayed.contains(where: { !isSettled($0.pending.index) }) { return }
    for lane in lanes.values {
      for grant in lane.order where grant.index < final.index {
        if leases[grant.index] != nil, !isSettled(grant.index) { return }
      }
    }
    fail(final.failure)
  }
}
