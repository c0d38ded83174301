/// How hosts reach each other.
struct Links {
  /// Hosts that are cut off from each other until some time.
  struct Cut {
    var first: Int
    var second: Int
    var until: Int64
  }

  private(set) var cuts: [Cut] = []
  /// Delays are this many times longer until ``slowUntil``.
  var slowness: Int64 = 1
  var slowUntil = Int64.min

  /// Cuts two hosts off from each other.
  mutating func cut(_ first: Int, _ second: Int, until: Int64) {
    cuts.append(Cut(first: first, second: second, until: until))
  }

  /// When the hosts reach each other again, or `nil` when they do now.
  func cutEnd(_ first: Int, _ second: Int, at now: Int64) -> Int64? {
    if first == second || cuts.isEmpty { return nil }
    var end: Int64?
    for cut in cuts where cut.until > now {
      if (cut.first, cut.second) == (first, second) || (cut.first, cut.second) == (second, first) {
        end = max(end ?? cut.until, cut.until)
      }
    }
    return end
  }

  /// All hosts reach each other again.
  mutating func heal() {
    cuts.removeAll()
    slowUntil = .min
  }

  /// How long a message is on its way.
  func latency(
    from sender: Int, to receiver: Int, at now: Int64, _ generator: inout SplitMix64
  ) -> Int64 {
    if sender == receiver { return generator.span(10_000...200_000) }
    let usual = generator.span(150_000...2_000_000)
    return now < slowUntil ? usual * slowness : usual
  }
}
