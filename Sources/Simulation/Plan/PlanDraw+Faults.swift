extension PlanDraw {
  /// The faults of a run whose work takes about `work` nanoseconds, and when the last is over.
  mutating func faults(
    _ layout: SimulationPlan.Layout, work: Int64
  ) -> (faults: [PlannedFault], healTime: Int64) {
    if mix == .none { return ([], 0) }
    let period = min(max(work * 2, 500_000_000), 8_000_000_000)
    let count = mix == .poison ? 0 : generator.pick(1...(mix == .network ? 12 : 8))
    var faults = (0..<count).map { _ in
      PlannedFault(time: generator.span(20_000_000...period), fault: fault(layout))
    }
    faults.sort { $0.time < $1.time }
    return (faults, period + 1_000_000_000)
  }

  private mutating func fault(_ layout: SimulationPlan.Layout) -> Fault {
    switch mix {
    case .none, .poison: .killWorker
    case .crashes: generator.once(in: 5) ? .duplicateWorker : .killWorker
    case .stalls: stall(layout)
    case .network: networkFault()
    case .coordinator: generator.once(in: 4) ? .killWorker : .killRole
    case .power: generator.once(in: 4) ? .killRole : .losePower(length(50_000_000...2_000_000_000))
    case .disk: diskFault()
    case .drains: drainFault()
    case .everything: anyFault(layout)
    }
  }

  private mutating func anyFault(_ layout: SimulationPlan.Layout) -> Fault {
    switch generator.pick(0...15) {
    case 0...2: return .killWorker
    case 3: return .duplicateWorker
    case 4, 5: return stall(layout)
    case 6, 7: return layout == .coordinator ? .killWorker : networkFault()
    case 8, 9: return .killRole
    case 10: return .losePower(length(50_000_000...2_000_000_000))
    case 11: return diskFault()
    case 12, 13: return drainFault()
    default: return stall(layout)
    }
  }

  private mutating func drainFault() -> Fault {
    switch generator.pick(0...5) {
    case 0: .killWorker
    case 1: .strangerComes
    default: .drainWorker
    }
  }

  private mutating func stall(_ layout: SimulationPlan.Layout) -> Fault {
    let length = length(50_000_000...6_000_000_000)
    switch generator.pick(0...5) {
    case 0, 1: return .stopRole(length)
    case 2 where layout != .coordinator: return .replaceVentilator(length)
    default: return .stopWorker(length)
    }
  }

  private mutating func networkFault() -> Fault {
    switch generator.pick(0...5) {
    case 0, 1: .cutHosts(length(50_000_000...6_000_000_000), resets: generator.once(in: 2))
    case 2: .slowNetwork(length(100_000_000...3_000_000_000), times: generator.span(5...300))
    case 3: .killWorker
    default: .resetConnection
    }
  }

  private mutating func diskFault() -> Fault {
    switch generator.pick(0...3) {
    case 0: .failAppend
    case 1: .failFlush
    default: .fillDisk(length(100_000_000...2_000_000_000), bytes: generator.pick(0...300))
    }
  }

  /// Short lengths are as likely as long ones of ten times their size.
  private mutating func length(_ range: ClosedRange<Int64>) -> Int64 {
    let first = generator.span(range)
    return generator.once(in: 2)
      ? first : range.lowerBound + (first - range.lowerBound) / Int64(generator.pick(2...20))
  }
}
