import DequeModule

extension Ventilator {
  /// The pipe to one worker incarnation: what is outstanding in it and how fast it empties.
  struct Lane: Sendable {
    /// Leases outstanding.
    var leased = 0
    /// Their bytes.
    var bytes = 0
    /// What was granted, oldest first. The first is always leased; of the others those may have ended
    /// that were answered before their turn.
    private(set) var order: Deque<Grant> = []
    /// The messages that ``order`` came in, oldest first.
    private(set) var messages: Deque<Message> = []
    /// Grants that came before those of ``order``.
    private(set) var dropped = 0
    /// Leases that may be outstanding now: about ``VentilatorConfiguration/laneDepth`` of work.
    private(set) var window = 2
    /// Whether the worker is about to leave, or has left, and gets nothing more.
    var isDraining = false
    /// Whether the lane gets nothing because it does not get connected.
    var isUnreachable = false
    var connection: Connection
    /// Whether the lane holds a suspect and gets nothing else until that is answered.
    var isAlone = false
    /// Whether the lane gets nothing until it is empty, for a suspect that waits.
    var isReserved = false
    /// Whether the last that was sent is a suspect.
    var lastWasSuspect = false
    /// Grants before this one, counted from the first of all, were looked at for second attempts.
    var rescued = 0
    var listing: Listing
    /// Start of the present measurement and leases ended in it.
    private var measuredFrom: Instant
    private var endedSince = 0
    /// Time at work, and the partitions done in it, since the pace was told last.
    private var busy = Span(nanoseconds: 0)
    private var done = 0

    /// Partitions that were sent together and whose results come together.
    struct Message: Sendable {
      /// The grant after its last one, counted from the first of all.
      var end: Int
      var count: Int
      /// When the worker could begin with it: when it was sent or the one before it was done.
      var began: Instant
    }

    init(openedAt now: Instant, listing: Listing) {
      measuredFrom = now
      connection = Connection(since: now)
      self.listing = listing
    }

    /// Whether the worker can be given anything.
    var isUsable: Bool { !isDraining && !isUnreachable }

    /// Whether a partition of `size` bytes may be sent.
    func hasCredit(for size: Int, limit: Int) -> Bool {
      if !isUsable || isAlone || isReserved || leased >= window { return false }
      return leased < 2 || bytes + size <= limit
    }

    /// The share of the window that is free.
    var freeShare: Double { 1 - Double(leased) / Double(window) }

    /// Leases that may be added now, by count.
    var room: Int { isUsable ? max(0, window - leased) : 0 }

    /// Notes one more grant of a message that is being put together.
    mutating func add(_ grant: Grant, size: Int) {
      leased += 1
      bytes += size
      order.append(grant)
    }

    /// Notes that the grants since the last message were sent.
    mutating func close(at now: Instant) {
      let end = dropped + order.count
      messages.append(
        Message(end: end, count: end - (messages.last?.end ?? dropped), began: now))
      listing.idleSince = nil
    }

    /// Takes leases that have ended off what is outstanding.
    mutating func giveBack(_ count: Int, bytes: Int) {
      leased -= count
      self.bytes -= bytes
      isAlone = false
    }

    /// The grants of the oldest message that are not answered up to the first that is not.
    var oldestCount: Int { messages.first.map { $0.end - dropped } ?? 0 }

    /// The grants of which one may be under way: those of ``oldestCount``, and those of the next message
    /// where the oldest may be done: its results may have been on their way still.
    ///
    /// - Parameter pace: nanoseconds per partition, as far as that is known.
    func underWayCount(at now: Instant, pace: Double?) -> Int {
      guard messages.count > 1, let pace else { return oldestCount }
      let expected = pace * Double(messages[0].count)
      let elapsed = Double((now - messages[0].began).nanoseconds)
      return elapsed * Self.fastest >= expected ? messages[1].end - dropped : oldestCount
    }

    /// A message may be done so many times as fast as is expected.
    private static var fastest: Double { 2 }

    /// Drops the oldest grant, which has ended. Tells nothing; the next one may have ended too.
    mutating func dropOldest() {
      order.removeFirst()
      dropped += 1
    }

    /// Drops messages that are done and tells the time per partition in nanoseconds when enough of it
    /// has passed to be told from noise. Messages that were answered at once count together.
    mutating func dropDoneMessages(at now: Instant) -> Double? {
      guard let oldest = messages.first, oldest.end <= dropped else { return nil }
      busy = Span(nanoseconds: busy.nanoseconds &+ (now - oldest.began).nanoseconds)
      while let message = messages.first, message.end <= dropped {
        done += message.count
        messages.removeFirst()
      }
      if !messages.isEmpty { messages[0].began = now }
      guard busy >= Self.shortestMeasurement else { return nil }
      defer {
        busy = Span(nanoseconds: 0)
        done = 0
      }
      return Double(busy.nanoseconds) / Double(done)
    }

    /// Grants behind the oldest one.
    var waitingCount: Int { max(order.count - 1, 0) }

    /// Forgets the last grants, fewer than there are, and gives them, the oldest first; what of them is
    /// leased is counted until its leases end.
    mutating func takeLast(_ count: Int) -> [Grant] {
      precondition(count <= waitingCount, "the oldest grant is never called back")
      let grants = Array(order.suffix(count))
      order.removeLast(count)
      let end = dropped + order.count
      rescued = min(rescued, end)
      while let last = messages.popLast() {
        let start = last.end - last.count
        if start >= end { continue }
        messages.append(
          Message(end: min(last.end, end), count: min(last.end, end) - start, began: last.began))
        break
      }
      return grants
    }

    /// Forgets all that is outstanding, and gives what was.
    mutating func clear() -> Deque<Grant> {
      let grants = order
      dropped += order.count
      order.removeAll()
      messages.removeAll()
      leased = 0
      bytes = 0
      isAlone = false
      isReserved = false
      listing.idleSince = nil
      return grants
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
}
