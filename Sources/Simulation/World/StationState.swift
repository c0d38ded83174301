/// An address for one kind of socket.
struct Port {
  let channel: Channel
  let address: Int
}

/// A place for a process, and who is there.
struct StationState {
  let station: Station
  let host: Int
  var process: SimulatedProcess?
  /// The addresses that processes bind here, where ports are fixed.
  var ports: [Port] = []
  /// Counts the starts that were planned; only the latest counts.
  var generation = 0
}
