import PipelineCore

/// Whether a thread that waits for an answer looks out for it a while before it sleeps: on a host with little
/// to do, being woken up takes longer than a quick answer.
struct LookOut: Sendable {
  /// An answer that takes no longer is quick.
  let span: Span
  private var asked: Instant?
  private var isQuick = false

  /// With more partitions under way answers follow each other, and nobody sleeps for long.
  static let fewPartitions = 4

  /// Nothing was asked for yet.
  init(span: Span) { self.span = span }

  /// Notes that something was asked for.
  mutating func ask(at now: Instant) { asked = now }

  /// Notes that an answer has come.
  mutating func answer(at now: Instant) {
    isQuick = asked.map { now - $0 <= span } ?? false
  }

  /// Until when to look out, or `nil` where it is better to sleep: the last answer took longer, this one
  /// does, or more than a few partitions are under way, or none.
  func deadline(for partitions: Int, at now: Instant) -> Instant? {
    guard isQuick, (1...Self.fewPartitions).contains(partitions), let asked else { return nil }
    let deadline = asked + span
    return now < deadline ? deadline : nil
  }
}
