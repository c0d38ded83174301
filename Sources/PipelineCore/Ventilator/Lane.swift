import DequeModule

extension Ventilator {
  /// The pipe to one worker incarnation: what is outstanding in it and how fast it empties.
  struct Lane: Sendable {
    /// Leases outstanding.
    var leased = 0
    /// Their bytes.
    var bytes = 0
    /// Indexes granted, oldest first; those whose lease has ended are dropped when they come first.
    var order: Deque<UInt32> = []
    /// Leases that may be outstanding now: about ``VentilatorConfiguration/laneDepth`` of work.
    var window = 2
    var isDraining = false
    /// Start of the present measurement and leases ended in it.
    var measuredFrom: Instant
    var endedSince = 0

    init(openedAt now: Instant) { measuredFrom = now }

    /// Whether a partition of `size` bytes may be sent.
    func hasCredit(for size: Int, limit: Int) -> Bool {
      if isDraining || leased >= window { return false }
      return leased < 2 || bytes + size <= limit
    }

    /// Counts `ended` leases as returned and sizes the window by the rate.
    mutating func measure(ended: Int, at now: Instant, _ configuration: VentilatorConfiguration) {
      endedSince += ended
      let elapsed = (now - measuredFrom).nanoseconds
      guard elapsed >= Self.shortestMeasurement.nanoseconds else { return }
      let fitting =
        Double(endedSince) / Double(elapsed) * Double(configuration.laneDepth.nanoseconds)
      // Growth at most doubles and shrinkage at most halves, so one odd measurement does no harm.
      let bounded = min(max(fitting, Double(window) / 2), Double(window) * 2)
      window = min(max(Int(bounded.rounded(.up)), 2), configuration.creditPartitions)
      measuredFrom = now
      endedSince = 0
    }

    /// Rates are not taken over less than this.
    static let shortestMeasurement = Span.milliseconds(1)
  }

  /// A partition held by a worker.
  struct Lease: Sendable {
    var holder: NodeIncarnation
    var attempt: UInt16
    var charged: UInt16
    var size: Int
  }
}
