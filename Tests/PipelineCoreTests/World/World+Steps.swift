import PipelineCore

extension World {
  /// Something that can happen next.
  private enum Choice {
    case roster(Int)
    case pack(Int)
    case results(Int)
    case beat(Int)
    case compute(Int)
    case receiptsToVentilator
    case orderToVentilator
    case rosterToVentilator
    case cut
    case receiptsToSupervisor
    case exitToSupervisor
    case rosterToSink
    case persist
    case write
  }

  private var choices: [Choice] {
    var found: [Choice] = []
    for (place, process) in processes.enumerated() {
      if !process.results.isEmpty { found.append(.results(place)) }
      if !process.beats.isEmpty { found.append(.beat(place)) }
      guard process.isRunning else { continue }
      if !process.rosters.isEmpty { found.append(.roster(place)) }
      if !process.lane.isEmpty { found.append(.pack(place)) }
      if !process.computing.isEmpty { found.append(.compute(place)) }
    }
    if !receiptsToVentilator.isEmpty { found.append(.receiptsToVentilator) }
    if !ordersToVentilator.isEmpty { found.append(.orderToVentilator) }
    if !rostersToVentilator.isEmpty { found.append(.rosterToVentilator) }
    if cutAsked != nil { found.append(.cut) }
    if !receiptsToSupervisor.isEmpty { found.append(.receiptsToSupervisor) }
    if !exitsToSupervisor.isEmpty { found.append(.exitToSupervisor) }
    if !rostersToSink.isEmpty { found.append(.rosterToSink) }
    if !toPersist.isEmpty { found.append(.persist) }
    if isWriting { found.append(.write) }
    return found
  }

  /// Has one thing happen; returns whether there was any.
  @discardableResult
  mutating func step() throws(Violation) -> Bool {
    guard let choice = choices.randomElement(using: &generator) else { return false }
    switch choice {
    case .roster(let place):
      try work(.roster(processes[place].rosters.removeFirst()), at: place)
    case .pack(let place): try receivePack(at: place)
    case .results(let place): try receiveResults(from: place)
    case .beat(let place): try supervise(.beat(processes[place].beats.removeFirst()))
    case .compute(let place): try finishComputing(at: place)
    case .receiptsToVentilator: try ventilate(.receipts(receiptsToVentilator.removeFirst()))
    case .orderToVentilator: try ventilate(.order(ordersToVentilator.removeFirst()))
    case .rosterToVentilator: try openLanes(by: rostersToVentilator.removeFirst())
    case .cut: try cut()
    case .receiptsToSupervisor: try supervise(.receipts(receiptsToSupervisor.removeFirst()))
    case .exitToSupervisor:
      let cause = ExitCause(status: .signal(9), lastLines: [])
      try supervise(.childExited(exitsToSupervisor.removeFirst(), cause))
    case .rosterToSink: try swallow(.roster(rostersToSink.removeFirst()))
    case .persist:
      // One flush may cover several messages.
      let count = generator.pick(1...toPersist.count)
      let token = toPersist[count - 1]
      toPersist.removeFirst(count)
      try swallow(.persisted(token: token))
    case .write:
      isWriting = false
      supervisorModel.isWritten = true
      try swallow(.outputWritten(rows: UInt64(plan.sizes.count), bytes: 1))
    }
    return true
  }
}
