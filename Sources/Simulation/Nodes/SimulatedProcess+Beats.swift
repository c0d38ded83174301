import PipelineCore

extension SimulatedProcess {
  /// The roles of the process, as nodes that beat.
  private var nodes: [any Role] {
    var nodes: [any Role] = []
    if let supervisor { nodes.append(supervisor) }
    if let ventilator { nodes.append(ventilator) }
    if let sink, sink.isReady { nodes.append(sink) }
    if let worker { nodes.append(worker) }
    return nodes
  }

  /// Sends a beat of each node and plans the next: quicker as long as one has not joined.
  func sendBeats(in world: World) {
    guard let beats else { return }
    beatGeneration += 1
    var wait = world.plan.interval.nanoseconds
    for node in nodes {
      node.refreshBeat(in: world)
      node.beat.sequence += 1
      if !node.beat.joined {
        joiningBeats += 1
        wait = min(wait, Self.joiningInterval * Int64(1 + joiningBeats / 8))
      }
      world.send(.beat(Shared(node.beat)), into: beats)
    }
    world.queue.insert(
      .timer(self, .beat(generation: beatGeneration)),
      at: world.now + wait + world.generator.span(0...1_000_000))
  }

  /// Something changed that others wait for.
  func beatNow(in world: World) {
    beatGeneration += 1
    world.queue.insert(
      .timer(self, .beat(generation: beatGeneration)),
      at: world.now + world.generator.span(10_000...100_000))
  }

  private static let joiningInterval: Int64 = 8_000_000
}
