import PipelineCore

/// Draws the parts of a plan from its seed.
struct PlanDraw {
  var generator: SplitMix64
  let mix: FaultMix

  init(seed: UInt64, mix: FaultMix) {
    generator = SplitMix64(seed: seed)
    self.mix = mix
  }

  mutating func layout() -> SimulationPlan.Layout {
    switch mix {
    case .network: return .roles(hosts: generator.pick(2...3))
    case .none, .crashes, .stalls, .coordinator, .power, .disk, .poison, .drains, .everything:
      return generator.once(in: 2) ? .coordinator : .roles(hosts: generator.pick(1...3))
    }
  }

  mutating func workers() -> Int { generator.pick(1...5) }

  mutating func partitions(sizes: [Int]?) -> [PartitionPlan] {
    let count =
      min(sizes?.count ?? 0, SimulationShape.maximumPartitions)
      + (sizes == nil ? (generator.once(in: 30) ? 0 : generator.pick(5...60)) : 0)
    let largest = [1, 10, 200][generator.pick(0...2)]
    let longest: Int64 = [3_000_000, 30_000_000, 200_000_000][generator.pick(0...2)]
    let isFickle = (mix == .poison || mix == .everything) && generator.once(in: 12)
    var poisonous = poisonousPartitions(of: count)
    return (0..<count).map { index in
      var duration = generator.span(longest / 20...longest)
      if generator.once(in: 25) { duration *= Int64(generator.pick(5...20)) }
      var nature = isFickle ? PartitionPlan.Nature.fickle : .sound
      if let place = poisonous.firstIndex(where: { $0.index == index }) {
        nature = poisonous.remove(at: place).nature
      }
      return PartitionPlan(
        size: sizes?[index] ?? generator.pick(0...largest), duration: duration, nature: nature)
    }
  }

  private mutating func poisonousPartitions(
    of count: Int
  ) -> [(index: Int, nature: PartitionPlan.Nature)] {
    let isPoisoned = mix == .poison || (mix == .everything && generator.once(in: 3))
    guard isPoisoned, count > 0 else { return [] }
    return (0..<generator.pick(1...3)).map { _ in
      let natures: [PartitionPlan.Nature] = [.deadly, .deadly, .failing, .faulty, .moody, .moody]
      return (generator.pick(0...count - 1), natures[generator.pick(0...natures.count - 1)])
    }
  }

  mutating func ventilator() -> VentilatorConfiguration {
    VentilatorConfiguration(
      creditBytes: generator.pick(1...400), creditPartitions: generator.pick(2...12),
      laneDepth: .milliseconds(Int64(generator.pick(1...100))),
      packBytes: generator.pick(1...300), packPartitions: generator.pick(1...8),
      aheadPartitions: generator.once(in: 3) ? generator.pick(8...40) : 1 << 20,
      attempts: generator.once(in: 4) ? 3 : 4,
      retryBackoff: .milliseconds(Int64(generator.pick(1...200))),
      onFailure: generator.once(in: 2) ? .fail : .quarantine,
      balance: generator.once(in: 2) ? .leastLoaded : .roundRobin)
  }

  mutating func supervisor(
    _ layout: SimulationPlan.Layout, onFailure: FailurePolicy
  ) -> Supervisor.Configuration {
    var interval = Span.milliseconds(250)
    if case .roles = layout, generator.once(in: 2) { interval = .seconds(1) }
    return Supervisor.Configuration(
      interval: interval, missed: 3, patience: .seconds(30), onlyChildren: layout == .coordinator,
      failsOnDifference: generator.once(in: 4), restarts: .standard, onFailure: onFailure)
  }

  mutating func durability() -> SimulationPlan.Durability {
    switch mix {
    case .power, .everything: .machine
    default: generator.once(in: 4) ? .process : .machine
    }
  }

  mutating func segmentSize() -> Int64 { [300, 2000, 1 << 20][generator.pick(0...2)] }

  mutating func longestFlush() -> Int64 {
    [200_000, 5_000_000, 100_000_000][generator.pick(0...2)]
  }

  mutating func controlMark() -> Int {
    mix == .stalls || mix == .everything ? [8, 64, 1000][generator.pick(0...2)] : 1000
  }
}
