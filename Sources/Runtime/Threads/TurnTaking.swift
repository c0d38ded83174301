import PipelineCore

/// Decides when a run's threads are better off on one processor.
///
/// While there is a single partition under way at a time and it comes back soon, its message goes from
/// thread to thread, and of all of them one works and the others wait for it. Another processor is of no use
/// to them then, and to wake it up takes longer than what there is to do.
struct TurnTaking: Sendable {
  /// Whether they are better off on one processor now.
  private(set) var isGoingOn = false
  /// When the partition under way was sent, where it is the only one.
  private var sent: Instant?
  /// When something was sent or came back last.
  private var last: Instant?
  private var soonTrips = 0
  private var lateTrips = 0
  /// Not before, after it was no good.
  private var resumption: Instant?

  /// What takes no longer from the ventilator to its receipt is back soon.
  static let soon = Span.milliseconds(2)
  /// So many trips in a row that were soon over, one after the other, and it begins.
  static let soonTrips = 16
  /// So many in a row that were not, and it ends.
  static let lateTrips = 3
  /// It ends as well when one takes as long as this, and when nothing is sent for as long.
  static let longestWait = Span.milliseconds(100)
  /// After trips were late it does not begin again before.
  static let recovery = Span.seconds(1)

  /// Nothing was sent yet.
  init() {}

  /// Notes that partitions were sent.
  ///
  /// - Parameter count: partitions that are under way now.
  mutating func send(underWay count: Int, at now: Instant) {
    last = now
    guard count == 1 else { return end() }
    sent = now
  }

  /// Notes that a receipt has come.
  mutating func receive(at now: Instant) {
    last = now
    guard let begun = sent.take() else { return }
    guard now - begun <= Self.soon else {
      soonTrips = 0
      lateTrips += 1
      guard lateTrips >= Self.lateTrips else { return }
      if isGoingOn { resumption = now + Self.recovery }
      return end()
    }
    lateTrips = 0
    soonTrips += 1
    if soonTrips >= Self.soonTrips, resumption.map({ now >= $0 }) ?? true { isGoingOn = true }
  }

  /// Notes that time has passed; to be called at least every ``longestWait``.
  mutating func tick(at now: Instant) {
    if isGoingOn, let last, now - last > Self.longestWait { end() }
  }

  private mutating func end() {
    isGoingOn = false
    sent = nil
    soonTrips = 0
    lateTrips = 0
  }
}
