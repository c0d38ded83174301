import PipelineCore
import Testing

@Suite("Ventilator: random events, judged by a model")
struct VentilatorRandomTests {
  @Test(arguments: 0..<10)
  func whateverHappensTheRunComesToItsEnd(_ block: UInt64) {
    var ends = (done: 0, failed: 0, second: 0)
    for seed in block * 30..<block * 30 + 30 {
      var story = VentilatorStory(seed: seed)
      do {
        try story.live()
      } catch {
        Issue.record("seed \(seed): \(error)")
      }
      if story.machine.secondAttempts > 0 { ends.second += 1 }
      if case .failed = story.machine.phase { ends.failed += 1 } else { ends.done += 1 }
    }
    #expect(ends.done > 0 && ends.failed > 0 && ends.second > 0, "the stories are too much alike")
  }
  #if PLANTED_FAULTS
  @Test(arguments: [
    PlantedFault.dispatchBeforeWord, .evictedLaneOpened, .anyAttemptEndsLease, .pastRosterObeyed,
  ])
  func theModelFindsAPlantedFault(_ fault: PlantedFault) {
    #expect(throws: VentilatorViolation.self) {
      for seed in 0..<100 as Range<UInt64> {
        var story = VentilatorStory(seed: seed)
        story.machine.planted = fault
        try story.live()
      }
    }
  }

  @Test func theInvariantsFindALostRequeue() async {
    await #expect(processExitsWith: .failure) { Self.live(with: .lostRequeue) }
  }

  @Test func theInvariantsFindLeakedCredit() async {
    await #expect(processExitsWith: .failure) { Self.live(with: .leakedCredit) }
  }

  /// Lives until a machine traps; what only the model finds does not count.
  private static func live(with fault: PlantedFault) {
    for seed in 0..<100 as Range<UInt64> {
      var story = VentilatorStory(seed: seed)
      story.machine.planted = fault
      do { try story.live() } catch { continue }
    }
  }
  #endif
}
