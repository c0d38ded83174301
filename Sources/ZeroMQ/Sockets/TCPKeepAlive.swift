/// Probes of an idle TCP connection, after which an unreachable peer counts as gone.
package struct TCPKeepAlive: Hashable, Sendable {
  /// Idle time before the first probe, 1 s to 24 h; a part of a second counts as a whole.
  package var idle: Duration = .seconds(10)

  /// Time between probes, 1 s to 24 h.
  package var interval: Duration = .seconds(5)

  /// Probes without an answer until the connection is closed, 1 to 100.
  package var count = 3

  /// Finds a dead peer after 25 seconds.
  package init() {}

  /// Finds a dead peer after `idle` and `count` times `interval`.
  package init(idle: Duration, interval: Duration, count: Int) {
    self.idle = idle
    self.interval = interval
    self.count = count
  }
}
