import PipelineCore

/// What was told of refusals, so that a peer that tries again and again does not fill the log.
struct ToldRefusals: Sendable {
  private var denied: UInt64 = 0
  private var dropped: UInt64 = 0
  private var failed: UInt64 = 0
  private var next: Instant?
  private var wait = Self.shortest

  private static let shortest = Span.seconds(1)
  private static let longest = Span.seconds(60)

  /// What to tell now, or `nil` when nothing is new or the last line is too recent: refusals that go on
  /// are told at intervals that grow to a minute.
  mutating func line(denied: UInt64, dropped: UInt64, failed: UInt64, at now: Instant) -> String? {
    let news = (denied - self.denied, dropped - self.dropped, failed - self.failed)
    let isQuiet = news.0 + news.1 + news.2 == 0
    if let next {
      guard now >= next else { return nil }
      if isQuiet {
        self.next = nil
        wait = Self.shortest
        return nil
      }
    } else if isQuiet {
      return nil
    }
    (self.denied, self.dropped, self.failed) = (denied, dropped, failed)
    next = now + wait
    wait = min(wait * 2, Self.longest)
    var parts: [String] = []
    if news.0 > 0 { parts.append("\(news.0) connections with keys that are not on the list") }
    if news.2 > 0 { parts.append("\(news.2) connections that did not say who they are") }
    if news.1 > 0 { parts.append("\(news.1) messages of peers that are not on the list any more") }
    return "refused " + parts.joined(separator: ", ")
  }
}
