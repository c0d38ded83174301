import Logging

/// What the loop of a role shares with the rest of its process.
struct RoleLink: Sendable {
  /// Its sockets are made of these.
  let connections: Connections
  /// What its beats say.
  let beats: BeatSource
  /// Has a beat sent at once: something changed that others wait for.
  let beatNow: @Sendable () -> Void
  /// Others want it to leave at once.
  let stop: StopSignal
  let log: Logger
}
