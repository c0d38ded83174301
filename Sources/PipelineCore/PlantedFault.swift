#if PLANTED_FAULTS
/// A defect that tests put into a machine to prove that the simulator finds it. Debug builds only.
package enum PlantedFault: String, Sendable, CaseIterable {
  /// Ventilator: what a dead worker held is not re-queued.
  case lostRequeue
  /// Ventilator: the credit of a lease that ended is not given back.
  case leakedCredit
  /// Ventilator: partitions are sent before the sink said what is stored.
  case dispatchBeforeWord
  /// Ventilator: a lane is opened again for an incarnation that was evicted.
  case evictedLaneOpened
  /// Ventilator: what a worker held that left in good order is charged to it.
  case releaseCharged
  /// Ventilator: a receipt of another attempt ends the present lease.
  case anyAttemptEndsLease
  /// Sink: a later copy is stored and merged again.
  case doubleMerge
  /// Sink: receipts are sent before the results are durable.
  case receiptBeforeFlush
  /// Sink: what is announced to a new peer includes results that are not durable.
  case announcedBeforeFlush
  /// Sink: the output is written although a partition is missing.
  case completedTooEarly
  /// Worker: packs for another incarnation are computed.
  case staleIncarnationAccepted
  /// Worker: packs held by a void incarnation are kept and answered as the new one's.
  case voidPacksKept
  /// All: rosters of the past are obeyed.
  case pastRosterObeyed
  /// Supervisor: a void incarnation is listed again when it beats again.
  case voidIncarnationListed
  /// Supervisor: a node that is silent is not held to be dead.
  case silenceIgnored
  /// Supervisor: nodes of other runs are listed.
  case otherRunListed
}
#endif
