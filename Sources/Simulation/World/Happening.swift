/// What the world's clock brings about.
enum Happening {
  case arrive(Pipe, epoch: UInt32, Message, isLate: Bool)
  case reset(Pipe, epoch: UInt32)
  case connect(Pipe, epoch: UInt32)
  /// A process does something at its time; late when it is stopped.
  case timer(SimulatedProcess, ProcessTimer)
  /// A stopped process goes on.
  case proceed(SimulatedProcess, stop: Int)
  case fault(Fault)
  /// All faults are over; from now on the run has to end.
  case heal
  /// The environment starts the process of a station, which is not there.
  case start(Int, generation: Int)
  /// A local child starts at a station.
  case startChild(Int, SimulatedProcess)
  /// The disk has room again.
  case room
  /// A parent is told that its child has ended.
  case childExit(SimulatedProcess, SimulatedProcess)
  case kill(SimulatedProcess)
  /// A fault kills a process, unless all is healed.
  case crash(SimulatedProcess)
  /// The processes of a run that has ended are gone, or else are ended.
  case close(session: Int)
}
