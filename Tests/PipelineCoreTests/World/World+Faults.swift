import PipelineCore

extension World {
  /// Kills a process, stops one for a while, or starts a dead one again.
  mutating func causeFault() throws(Violation) {
    let place = generator.pick(0...processes.count - 1)
    switch generator.pick(0...3) {
    case 0, 1: kill(place)
    case 2:
      guard processes[place].isAlive else { return }
      story.tell("process stops", at: now, node: processes[place].machine.identity)
      processes[place].stoppedUntil = now + .milliseconds(Int64(generator.pick(100...2500)))
    default: revive()
    }
  }

  private mutating func kill(_ place: Int) {
    guard processes[place].isAlive else { return }
    let identity = processes[place].machine.identity
    story.tell("process dies", at: now, node: identity)
    processes[place].isAlive = false
    processes[place].lane = []
    processes[place].rosters = []
    // What was on its way arrives up to some point.
    let arriving = generator.pick(0...processes[place].results.count)
    processes[place].results.removeLast(processes[place].results.count - arriving)
    if generator.once(in: 2) { exitsToSupervisor.append(identity.node) }
  }

  /// Starts the first node again that has no live process, if the run still goes on.
  private mutating func revive() {
    guard supervisor.outcome == nil else { return }
    for number in 0..<plan.workers {
      let node = NodeID(rawValue: UInt64(10 + number))
      // An exit on its way would be taken for the new process's: waiting for a child comes before
      // starting it again.
      if exitsToSupervisor.contains(node) { continue }
      if processes.contains(where: { $0.isAlive && $0.machine.identity.node == node }) { continue }
      start(node)
      return
    }
  }

  /// Ends all faults: everybody runs again and nothing is lost from now on.
  mutating func heal() {
    story.tell("all is healed", at: now)
    isHealed = true
    for place in processes.indices { processes[place].stoppedUntil = nil }
    let isAnyAlive = processes.contains { $0.isAlive }
    if !isAnyAlive {
      exitsToSupervisor = []
      revive()
    }
  }
}
