import PipelineCore
import ZeroMQ

/// For how long a supervisor beyond this host has not been heard, and what was told of it.
struct SupervisorSilence: Sendable {
  /// Why the last attempt to connect failed, where that is known.
  var reason: HandshakeFailure?
  private var since: Instant
  private var next: Instant
  private var wait = Self.patience
  private var isTold = false

  /// Told of after so long, and again at growing intervals.
  private static let patience = Span.seconds(5)
  private static let longest = Span.seconds(60)

  /// A supervisor that was not heard yet.
  init(since now: Instant) {
    since = now
    next = now + Self.patience
  }

  /// The supervisor was heard; whether a silence was told of.
  mutating func end(at now: Instant) -> Bool {
    defer { self = SupervisorSilence(since: now) }
    return isTold
  }

  /// What to tell now, or `nil`.
  ///
  /// - Parameter endpoint: where the supervisor is looked for.
  mutating func words(at now: Instant, _ endpoint: Endpoint) -> String? {
    guard now >= next else { return nil }
    isTold = true
    wait = min(wait * 2, Self.longest)
    next = now + wait
    let cause =
      reason.map { "the last attempt to connect failed: \($0)" }
      ?? "check that it runs there, that the address is right, and that this node's key is on its "
      + "allow-list"
    return
      "has not heard the supervisor at \(endpoint) for \(Int((now - since).seconds)) s; \(cause)"
  }
}
