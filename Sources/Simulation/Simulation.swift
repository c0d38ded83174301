/// The production machines in a made-up world, in which everything follows from a seed: time, delays,
/// and what dies.
///
/// Ventilator, worker, sink and supervisor are the ones of `PipelineCore`, the store is the one of
/// `ResultStore`; the clock, the network, the disk and the processes are made up. Checks that share
/// nothing with the machines watch every event. After TigerBeetle's VOPR and FoundationDB's
/// simulation (Zhou et al., "FoundationDB: A Distributed Unbundled Transactional Key Value Store",
/// SIGMOD 2021).
package struct Simulation: Sendable {
  private let plan: SimulationPlan

  /// A world that follows this plan.
  package init(_ plan: SimulationPlan) { self.plan = plan }

  /// Lives through the run, on the calling thread.
  ///
  /// When a check fails, the run is lived through a second time to tell its story.
  package func run() -> SimulationResult {
    let (world, violation) = live(keepsStory: false)
    guard violation != nil else {
      return SimulationResult(plan, world.totals, world.story.digest, nil)
    }
    let (told, again) = live(keepsStory: true)
    precondition(told.story.digest == world.story.digest, "a world is not the same the second time")
    return SimulationResult(
      plan, told.totals, told.story.digest,
      again.map { violation in
        SimulationResult.Failure(
          message: violation.message, partition: violation.partition,
          story: told.story.told(about: violation.partition))
      })
  }

  private func live(keepsStory: Bool) -> (World, Violation?) {
    let world = World(plan, keepsStory: keepsStory)
    TrapReport.enter(seed: plan.seed, mix: plan.mix)
    defer {
      TrapReport.leave()
      world.tearDown()
    }
    do throws(Violation) {
      try world.live()
      return (world, nil)
    } catch {
      return (world, error)
    }
  }
}
