extension Ventilator {
  /// A partition held by a worker.
  struct Lease: Sendable {
    var holder: NodeIncarnation
    var size: Int
    var avoiding: NodeID?
    var isSuspect: Bool
    /// The attempt that the holder makes.
    var attempt: UInt16
    /// Attempts begun so far, this one and a later one among them.
    var begun: UInt16
    var charged: UInt16

    /// The partition as it is when the lease has ended.
    func partition(_ index: UInt32) -> Pending {
      Pending(
        index: index, size: size, avoiding: avoiding, isSuspect: isSuspect, attempt: begun,
        charged: charged)
    }
  }

  /// The later of two attempts under way; all else stands in the ``Lease``.
  struct SecondLease: Sendable {
    var holder: NodeIncarnation
    var attempt: UInt16
  }

  /// A lease that has ended.
  struct EndedLease: Sendable {
    var partition: Pending
    /// Whether another attempt of the partition is under way.
    var isElsewhere: Bool
  }
}
