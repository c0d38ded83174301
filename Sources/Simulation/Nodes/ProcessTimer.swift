/// What a process does when its time has come.
enum ProcessTimer: Equatable {
  /// The thread of the beats sends one; valid while the generation is the present one.
  case beat(generation: Int)
  case ventilatorTick(at: Int64)
  /// A slice of the source is cut.
  case cut
  case supervisorTick(at: Int64)
  /// The sink has recovered what its store holds.
  case sinkReady
  case flushed
  case outputWritten
  case workerTick
  /// The worker is told to end.
  case drain
  /// All that a worker sent before it left is on its way.
  case left
  /// The compute thread is through with a job; valid while the job is the present one.
  case computed(job: Int)
}
