import OrderedCollections

/// Who has been heard when, and who has been silent for too long.
///
/// Time in which the judge itself did not run is not held against anybody: a process that was
/// stopped or starved finds that its own checks are far apart, and counts no more than one beat's
/// interval of the time between two checks as silence.
package struct Liveness: Sendable {
  private struct Watch: Sendable {
    var lastBeat: Instant
    var interval: Span
  }

  private var watched: OrderedDictionary<NodeIncarnation, Watch> = [:]
  private var lastCheck: Instant
  /// Beats missed in a row that make a node dead.
  package let missed: Int

  /// What a node may promise as the time between its beats; other promises are taken as the nearest
  /// of these, so that no peer can exempt itself from being watched.
  package static let intervals = Span.milliseconds(1)...Span.seconds(60)

  /// Watches nobody yet.
  package init(missed: Int, at now: Instant) {
    precondition(missed >= 1)
    self.missed = missed
    lastCheck = now
  }

  /// A node's beat was heard; it promises the next within `interval`.
  package mutating func heard(_ node: NodeIncarnation, interval: Span, at now: Instant) {
    let bounded = min(max(interval, Self.intervals.lowerBound), Self.intervals.upperBound)
    watched[node] = Watch(lastBeat: now, interval: bounded)
  }

  /// Stops watching a node.
  package mutating func forget(_ node: NodeIncarnation) {
    watched.removeValue(forKey: node)
  }

  /// Time since a node's last beat, or `nil` if it is not watched.
  package func silence(of node: NodeIncarnation, at now: Instant) -> Span? {
    watched[node].map { now - $0.lastBeat }
  }

  /// The nodes that missed their beats, in ascending order. Call at least every beat.
  package mutating func overdue(at now: Instant) -> [NodeIncarnation] {
    let gap = now - lastCheck
    lastCheck = now
    var late: [NodeIncarnation] = []
    for position in watched.values.indices {
      let interval = watched.values[position].interval
      if gap > interval {
        // Only the excess: checks are always a little late, and that must not stop the count.
        let excess = Span(nanoseconds: gap.nanoseconds - interval.nanoseconds)
        watched.values[position].lastBeat = min(watched.values[position].lastBeat + excess, now)
      }
      let silence = now - watched.values[position].lastBeat
      if silence > interval * Int64(missed) { late.append(watched.keys[position]) }
    }
    return late.sorted()
  }
}
