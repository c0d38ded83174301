import OrderedCollections

/// Who has been heard when, and who has been silent for too long.
///
/// Time in which the judge itself did not run is not held against anybody: it says when it is to be
/// asked next, and by how much it is asked later than that is not counted as silence, unless it is so
/// little that it is no sleep.
package struct Liveness: Sendable {
  private struct Watch: Sendable {
    var lastBeat: Instant
    var interval: Span
  }

  private var watched: OrderedDictionary<NodeIncarnation, Watch> = [:]
  /// When to be asked next; `nil` while nobody is watched.
  private var due: Instant?
  /// Beats missed in a row that make a node dead.
  package let missed: Int

  /// What a node may promise as the time between its beats; other promises are taken as the nearest
  /// of these, so that no peer can exempt itself from being watched.
  package static let intervals = Span.milliseconds(1)...Span.seconds(60)

  /// To be asked late by up to this part of a node's interval is no sleep. When thousands fall silent the
  /// next of them is due at any time, and each of so many small delays would put the others off.
  package static let delaysInInterval: Int64 = 16

  /// Watches nobody yet.
  package init(missed: Int) {
    precondition(missed >= 1)
    self.missed = missed
  }

  /// A node's beat was heard; it promises the next within `interval`.
  package mutating func heard(_ node: NodeIncarnation, interval: Span, at now: Instant) {
    let bounded = min(max(interval, Self.intervals.lowerBound), Self.intervals.upperBound)
    watched[node] = Watch(lastBeat: now, interval: bounded)
    due = min(due ?? now + bounded, now + bounded)
  }

  /// Stops watching a node.
  package mutating func forget(_ node: NodeIncarnation) {
    guard let position = watched.index(forKey: node) else { return }
    // Their order means nothing, and to close a gap would move thousands.
    watched.swapAt(position, watched.count - 1)
    watched.removeLast()
    if watched.isEmpty { due = nil }
  }

  /// Time since a node's last beat, or `nil` if it is not watched.
  package func silence(of node: NodeIncarnation, at now: Instant) -> Span? {
    watched[node].map { now - $0.lastBeat }
  }

  /// When ``overdue(at:)`` is to be called next, or `nil` while nobody is watched.
  ///
  /// Once a beat, so that the judge's own sleep shows, and exactly when the first node becomes
  /// overdue.
  package var nextDeadline: Instant? { due }

  /// The nodes that missed their beats, in ascending order. Call at ``nextDeadline`` or earlier.
  package mutating func overdue(at now: Instant) -> [NodeIncarnation] {
    let delay = due.map { max(now - $0, Span(nanoseconds: 0)) } ?? Span(nanoseconds: 0)
    due = nil
    var late: [NodeIncarnation] = []
    for position in watched.values.indices {
      let interval = watched.values[position].interval
      var heard = watched.values[position].lastBeat
      if delay * Self.delaysInInterval > interval { heard = min(heard + delay, now) }
      watched.values[position].lastBeat = heard
      let deadline = heard + interval * Int64(missed)
      var next = now + interval
      if now > deadline {
        late.append(watched.keys[position])
      } else {
        // A node is late after its deadline, not at it.
        next = min(next, deadline + Span(nanoseconds: 1))
      }
      due = min(due ?? next, next)
    }
    return late.sorted()
  }
}
