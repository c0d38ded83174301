/// Which faults a simulated world has.
package enum FaultMix: String, Sendable, CaseIterable {
  /// Nothing fails.
  case none
  /// Workers are killed, and now and then a second process takes a worker's id.
  case crashes
  /// Processes are stopped for a while (SIGSTOP) and go on later.
  case stalls
  /// Hosts are cut off from each other, connections are reset, messages are late.
  case network
  /// The coordinator, or the process of a role, is killed and started again.
  case coordinator
  /// A host loses power: what was not flushed is gone.
  case power
  /// The disk is full or fails for a while.
  case disk
  /// Some partitions kill their worker or fail, always or now and then.
  case poison
  /// Workers are told to end (SIGTERM), and workers of another run come by.
  case drains
  /// All of the above.
  case everything
}
