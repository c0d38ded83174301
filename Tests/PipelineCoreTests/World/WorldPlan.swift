import PipelineCore

/// What a world is like, drawn from its seed.
struct WorldPlan {
  var sizes: [Int]
  var configuration: VentilatorConfiguration
  var workers: Int
  /// Events with faults; afterwards all is healed and the run must end.
  var faultySteps: Int
  /// A node dies, stops or returns once in this many events.
  var faultEvery: Int
  /// An attempt fails once in this many.
  var failureEvery: Int
  /// A roster or a beat is lost once in this many.
  var dropEvery: Int

  init(_ generator: inout SplitMix64) {
    let largest = [1, 10, 200].randomElement(using: &generator) ?? 1
    sizes = (0..<generator.pick(0...120)).map { _ in generator.pick(0...largest) }
    configuration = VentilatorConfiguration(
      creditBytes: generator.pick(1...400), creditPartitions: generator.pick(2...12),
      laneDepth: .milliseconds(Int64(generator.pick(1...100))),
      packBytes: generator.pick(1...300), packPartitions: generator.pick(1...8),
      attempts: generator.once(in: 4) ? 2 : generator.pick(3...8),
      retryBackoff: .milliseconds(Int64(generator.pick(1...200))),
      balance: generator.once(in: 2) ? .leastLoaded : .roundRobin)
    workers = generator.pick(1...4)
    faultySteps = generator.pick(100...450)
    faultEvery = generator.pick(15...60)
    failureEvery = generator.pick(5...40)
    dropEvery = generator.pick(3...20)
  }
}
