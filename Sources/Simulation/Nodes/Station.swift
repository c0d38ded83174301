/// A place in the world for a process that the environment starts, and starts again.
enum Station: Hashable {
  case coordinator
  case supervisor
  case ventilator
  case sink
  /// Workers count from 0.
  case worker(Int)
}

/// Where a supervisor is found.
struct SupervisorAddresses {
  var beats: Int
  var roster: Int
}
