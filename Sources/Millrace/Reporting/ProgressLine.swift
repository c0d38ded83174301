import PipelineCore
import Runtime

/// The line that says how far a run is: drawn over itself on a terminal, now and then elsewhere.
struct ProgressLine: Sendable {
  private let stage: String
  private let isTerminal: Bool
  private let start: Instant
  /// Bytes of the source, where they are known before it is cut.
  private let totalBytes: UInt64?
  private var isDrawn = false
  private var lastDrawn: Instant

  /// Time between two lines where nobody sees them being drawn over.
  private static let plainInterval = Span.seconds(5)

  init(stage: String, isTerminal: Bool, start: Instant, totalBytes: UInt64?) {
    self.stage = stage
    self.isTerminal = isTerminal
    self.start = start
    self.totalBytes = totalBytes
    lastDrawn = start
  }

  /// What removes the line from the screen.
  var clearing: String {
    mutating get {
      guard isDrawn else { return "" }
      isDrawn = false
      return "\r\u{1B}[K"
    }
  }

  /// What to write for this snapshot, or `nil` for nothing.
  mutating func update(_ snapshot: RunSnapshot, at now: Instant) -> String? {
    if isTerminal {
      isDrawn = true
      return "\r\u{1B}[K" + text(snapshot, at: now)
    }
    guard now - lastDrawn >= Self.plainInterval else { return nil }
    lastDrawn = now
    return text(snapshot, at: now) + "\n"
  }

  /// The line itself.
  func text(_ snapshot: RunSnapshot, at now: Instant) -> String {
    let elapsed = max((now - start).seconds, 0.001)
    let done = snapshot.stored.partitions
    var parts = [stage]
    let total = snapshot.total.map { "\(Quantity.count($0))" } ?? "…"
    parts.append("\(Quantity.count(done))/\(total) partitions")
    parts.append("\(Quantity.rate(Double(snapshot.stored.rows) / elapsed)) rows/s")
    if let left = secondsLeft(snapshot, elapsed: elapsed) {
      parts.append("\(Quantity.seconds(left)) left")
    }
    parts.append(Quantity.plural(snapshot.workers, "worker"))
    if snapshot.requeued > 0 { parts.append("\(Quantity.count(snapshot.requeued)) re-queued") }
    if snapshot.failedAttempts > 0 {
      parts.append("\(Quantity.count(snapshot.failedAttempts)) tried again")
    }
    return parts.joined(separator: "  ")
  }

  /// By the share of partitions where the total is known, or of the source's bytes.
  private func secondsLeft(_ snapshot: RunSnapshot, elapsed: Double) -> Double? {
    let done = snapshot.stored.partitions
    let share: Double
    if let total = snapshot.total, total > 0 {
      share = Double(done) / Double(total)
    } else if let totalBytes, totalBytes > 0, snapshot.cut.partitions > 0 {
      let cut = Double(snapshot.cut.bytes) / Double(totalBytes)
      share = cut * Double(done) / Double(snapshot.cut.partitions)
    } else {
      return nil
    }
    guard share > 0.01, elapsed > 1 else { return nil }
    return elapsed * (1 - share) / share
  }
}
