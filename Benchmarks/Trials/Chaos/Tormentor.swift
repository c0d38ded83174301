import Glibc

/// Kills, stops and continues the processes of one command at random times until it ends.
///
/// Workers are found in `/proc` as the children of the coordinator.
struct Tormentor {
  let command: Command
  /// Seconds from one deed to the next, in the mean.
  let pause: Double
  /// Whether the coordinator may be killed.
  let killsCoordinator: Bool
  /// Workers that may yet be killed or stopped: a coordinator replaces each of them five times, so
  /// that with this many losses some worker is always left.
  private var losses: Int
  private(set) var counts = ChaosCounts()
  private var random: SplitMix64
  private var stopped: [(process: pid_t, until: Double)] = []

  init(
    _ command: Command, pause: Double, workers: Int, killsCoordinator: Bool, random: SplitMix64
  ) {
    self.command = command
    self.pause = pause
    self.killsCoordinator = killsCoordinator
    self.random = random
    losses = 5 * workers
  }

  /// Does its deeds until the command ends. Workers may be left stopped.
  ///
  /// - Throws: ``TrialFailure`` when the command goes on for more than `limit` seconds.
  mutating func torment(limit: Double) throws -> Command.End {
    var next = Monotonic.seconds + gap()
    while true {
      if let end = command.poll() { return end }
      let now = Monotonic.seconds
      guard now - command.started < limit else {
        throw TrialFailure(
          "the run is stuck: it goes on after \(Int(limit)) s\n  " + describeProcesses())
      }
      for (process, until) in stopped where until <= now { kill(process, SIGCONT) }
      stopped.removeAll { $0.until <= now }
      if now >= next {
        doSomething(at: now)
        next = now + gap()
      }
      Monotonic.pause(seconds: 0.003)
    }
  }

  /// Exponential, so that deeds also fall close together.
  private mutating func gap() -> Double { -log(1 - random.fraction()) * pause }

  private mutating func doSomething(at now: Double) {
    switch random.number(below: 100) {
    case ..<40: loseWorker(SIGKILL, at: now)
    case ..<70: loseWorker(SIGSTOP, at: now)
    case ..<82: stopCoordinator(at: now)
    default:
      guard killsCoordinator else { return }
      command.send(SIGKILL)
      counts.coordinatorKills += 1
    }
  }

  private mutating func loseWorker(_ signal: Int32, at now: Double) {
    let workers = ProcessTable.children(of: command.processID)
    guard losses > 0, !workers.isEmpty else { return }
    losses -= 1
    let worker = random.pick(workers)
    kill(worker, signal)
    guard signal == SIGSTOP else {
      counts.workerKills += 1
      return
    }
    counts.workerStops += 1
    // Some are left to the coordinator, which replaces a worker that stays silent.
    if random.happens(0.7) { stopped.append((worker, now + 0.05 + random.fraction() * 1.5)) }
  }

  private mutating func stopCoordinator(at now: Double) {
    command.send(SIGSTOP)
    counts.coordinatorStops += 1
    stopped.append((command.processID, now + 0.02 + random.fraction() * 1.2))
  }

  private func describeProcesses() -> String {
    ([command.processID] + ProcessTable.children(of: command.processID))
      .map(ProcessTable.describe).joined(separator: "\n  ")
  }
}
