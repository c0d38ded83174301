import PipelineCore

/// What was told of refusals, so that a peer that tries again and again does not fill the log.
struct ToldRefusals: Sendable {
  private var told = Refusals()
  private var next: Instant?
  private var wait = Self.shortest

  private static let shortest = Span.seconds(1)
  private static let longest = Span.seconds(60)

  /// What to tell now, or `nil` when nothing is new or the last line is too recent: refusals that go on
  /// are told at intervals that grow to a minute.
  ///
  /// - Parameter refusals: all that there were.
  mutating func line(_ refusals: Refusals, at now: Instant) -> String? {
    let isQuiet = refusals == told
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
    let news = refusals.since(told)
    told = refusals
    next = now + wait
    wait = min(wait * 2, Self.longest)
    return "refused " + news.words
  }
}
