/// Something that goes wrong. Whom it meets is decided when it happens; times are in nanoseconds.
enum Fault: Equatable {
  case killWorker
  /// The coordinator, or one of the roles where each has a process of its own.
  case killRole
  case stopWorker(Int64)
  case stopRole(Int64)
  /// A worker is told to end.
  case drainWorker
  /// A worker of another run beats at this one's supervisor.
  case strangerComes
  /// A second process takes the id of a worker.
  case duplicateWorker
  /// Another ventilator is started while the present one is stopped.
  case replaceVentilator(Int64)
  case cutHosts(Int64, resets: Bool)
  case resetConnection
  /// Messages between hosts take this many times as long.
  case slowNetwork(Int64, times: Int64)
  /// A host goes down and comes back.
  case losePower(Int64)
  /// The disk takes only so many bytes more for a while.
  case fillDisk(Int64, bytes: Int)
  case failAppend
  case failFlush
}
