import PipelineCore

extension SimulatedProcess {
  /// A thread of the process, which goes on in its own time after a stop.
  private enum Thread: CaseIterable {
    case ventilator
    case sink
    case supervisor
    case worker
    case beats

    /// In the order in which the thread's loop looks at its sockets.
    var channels: [Channel] {
      switch self {
      case .ventilator: [.rosterToVentilator, .orders, .receiptsToVentilator]
      case .sink: [.rosterToSink, .results]
      case .supervisor: [.beats, .receiptsToSupervisor]
      case .worker: [.rosterToWorker, .lane]
      case .beats: []
      }
    }

    func owns(_ timer: ProcessTimer) -> Bool {
      switch timer {
      case .beat: self == .beats
      case .ventilatorTick, .cut: self == .ventilator
      case .supervisorTick: self == .supervisor
      case .sinkReady, .flushed, .outputWritten: self == .sink
      case .workerTick, .computed, .drain, .left: self == .worker
      }
    }
  }

  /// Goes on after a stop: each thread, in an order of chance, finds what came meanwhile.
  func proceed(in world: World) throws(Violation) {
    isStopped = false
    let mail = mailbox
    let timers = missedTimers
    let exits = missedExits
    mailbox = []
    missedTimers = []
    missedExits = []
    for thread in Thread.allCases.shuffled(using: &world.generator) {
      if thread == .supervisor {
        for child in exits where isAlive { try supervisor?.buryChild(child, in: world) }
      }
      for channel in thread.channels {
        for item in mail where item.pipe.channel == channel && isAlive {
          try open(item, in: world)
        }
      }
      for timer in timers where thread.owns(timer) && isAlive { try fire(timer, in: world) }
    }
  }

  private func open(_ mail: Mail, in world: World) throws(Violation) {
    let pipe = mail.pipe
    if mail.epoch == pipe.epoch { pipe.outstanding -= 1 }
    // A socket that was closed since took what was in it along.
    guard pipe.goesToConnector ? !pipe.isClosed : world.addresses[pipe.address].binder === self
    else { return }
    try receive(mail.message, on: pipe.channel, in: world)
  }
}
