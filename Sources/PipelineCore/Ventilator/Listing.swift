extension Ventilator {
  /// What rosters have said of a lane's worker.
  struct Listing: Sendable {
    /// The supervisor whose roster listed the worker last.
    var supervisor: NodeIncarnation
    /// Where the worker's lane is.
    let endpoint: String
    /// Whether the latest roster lists it.
    var isListed = true
    /// The supervisor, and its first roster, since which the worker is missing.
    private var missedBy: NodeIncarnation?
    private var missedSince: Instant
    /// Since when rosters say that the worker holds nothing, and how many have; `nil` when they do
    /// not, or when something was sent or answered since.
    var idleSince: Instant?
    private var idleRosters = 0

    init(by supervisor: NodeIncarnation, endpoint: String, at now: Instant) {
      self.supervisor = supervisor
      self.endpoint = endpoint
      missedSince = now
    }

    /// The worker is listed with this many partitions held.
    mutating func list(by supervisor: NodeIncarnation, held: UInt64, at now: Instant) {
      self.supervisor = supervisor
      isListed = true
      missedBy = nil
      guard held == 0 else {
        idleSince = nil
        return
      }
      if idleSince == nil {
        idleSince = now
        idleRosters = 0
      }
      idleRosters += 1
    }

    /// Whether a worker that the roster does not list is dead. One that has listed it says why by an
    /// order, which gets `grace` to come; one that has not may not have heard its beats yet.
    mutating func isGone(
      by supervisor: NodeIncarnation, grace: Span, patience: Span, at now: Instant
    ) -> Bool {
      if missedBy != supervisor {
        missedBy = supervisor
        missedSince = now
      }
      return now - missedSince >= (self.supervisor == supervisor ? grace : patience)
    }

    /// Whether the worker holds nothing for so long that what was sent to it must be lost.
    func isIdle(for patience: Span, at now: Instant) -> Bool {
      guard let idleSince, idleRosters > Ventilator.patientIntervals else { return false }
      return now - idleSince >= patience
    }
  }
}
