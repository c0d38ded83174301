import PipelineCore

extension World {
  /// Ends a process at once, as SIGKILL does, or because it has nothing left to do.
  func end(_ process: SimulatedProcess, _ reason: StaticString) {
    guard process.isAlive else { return }
    process.isAlive = false
    let lastMoment = process.isStopped ? process.stoppedAt : now
    process.endedAt = process.worker?.underWay(at: lastMoment, in: self)?.partition
    for role in process.identities {
      tell(reason, node: role)
      incarnations[role]?.overSince = now
    }
    // Who has left in good order leaves nothing undone that could be held against a partition.
    if let worker = process.worker, worker.beat.phase != .left { noteGone(worker.beat.sender) }
    count(process)
    for address in process.bound.reversed() { unbind(address, by: process) }
    for pipe in process.pipes.reversed() { close(pipe) }
    if let parent = process.parent {
      if outcome == nil, let place = stations.firstIndex(where: { $0.process === process }) {
        excuses.deaths[place] += 1
      }
      queue.insert(.childExit(parent, process), at: now + generator.span(100_000...5_000_000))
    }
    processes.removeAll { $0 === process }
    for place in stations.indices where stations[place].process === process {
      stations[place].process = nil
      if outcome == nil, isStartedByEnvironment(place) {
        statistics.resumes += 1
        planStart(place, within: 2_000_000_000)
      }
    }
    dismantle(process)
    closeIfAllAreGone()
  }

  private func count(_ process: SimulatedProcess) {
    statistics.duplicates += process.sink?.machine.progress.duplicates ?? 0
    statistics.secondAttempts += process.ventilator?.machine.progress.secondAttempts ?? 0
  }

  /// Stops a process for a while, as SIGSTOP does.
  func stop(_ process: SimulatedProcess, for length: Int64) {
    guard process.isAlive, !process.isStopped else { return }
    process.isStopped = true
    process.stops += 1
    process.stoppedAt = now
    statistics.stalls += 1
    for role in process.identities {
      tell("stopped", node: role, number: UInt64(length / 1_000_000))
    }
    queue.insert(.proceed(process, stop: process.stops), at: now + length)
  }

  /// A stopped process goes on.
  func proceed(_ process: SimulatedProcess, stop: Int) throws(Violation) {
    guard process.isAlive, process.isStopped, process.stops == stop else { return }
    for role in process.identities { tell("goes on", node: role) }
    calmSince = now
    try process.proceed(in: self)
  }

  /// The run has ended, as its supervisor says.
  func runEnded(_ outcome: Supervisor.Outcome, by process: SimulatedProcess) throws(Violation) {
    tell("the run ends", node: process.supervisor?.beat.sender)
    guard self.outcome == nil else { return }
    self.outcome = outcome
    switch outcome {
    case .finished:
      guard output != nil else { throw Violation("finished without an output") }
    case .failed(let failure):
      try judge(failure)
      statistics.failures += 1
    }
    queue.insert(.close(session: session), at: now + 3_000_000_000)
  }

  /// A ventilator or a sink has left.
  func roleLeft(_ process: SimulatedProcess) {
    if process.station != .coordinator { end(process, "ends") }
    closeIfAllAreGone()
  }

  /// Ends the session after a run when nobody has anything left to do.
  func closeIfAllAreGone() {
    guard outcome != nil else { return }
    let isGone = processes.allSatisfy { process in
      process.worker?.machine.isOver ?? true && process.ventilator?.hasLeft ?? true
        && process.sink?.hasLeft ?? true
    }
    if isGone { queue.insert(.close(session: session), at: now) }
  }

  /// All have had the time to leave: what is left of a session is ended, and the next one planned if
  /// there is to be one.
  func close(_ session: Int) throws(Violation) {
    guard session == self.session, let outcome else { return }
    try judgeLeaving()
    for process in processes.reversed() { end(process, "ended") }
    switch outcome {
    case .finished: isOver = true
    case .failed:
      if isEndless || self.session >= Self.mostSessions {
        isOver = true
      } else {
        // Somebody says `millrace resume`, and has made room on the disk.
        statistics.resumes += 1
        disk.limitSpace(to: nil)
        beginSession()
        if isHealed { healedAt = now }
      }
    }
  }

  /// A run that fails this often is not gone on with.
  private static let mostSessions = 12

  /// Whether the run would fail again for the same reason.
  private var isEndless: Bool {
    excuses.isFinal
      || (isHealed && plan.partitions.contains { $0.nature == .deadly || $0.nature == .endless })
  }
}
