#if PLANTED_FAULTS
import PipelineCore
import Simulation
import Testing

/// A simulator is worth as much as what it finds: defects put into the machines on purpose.
@Suite("Planted faults are found")
struct PlantedFaultTests {
  /// Seeds within which each is to be found, over the mixes that bring it out.
  static let seeds: UInt64 = 200

  private static func mixes(for fault: PlantedFault) -> [FaultMix] {
    switch fault {
    case .lostRequeue, .voidPacksKept, .silenceIgnored: [.crashes, .stalls]
    case .leakedCredit, .receiptBeforeFlush, .completedTooEarly, .doubleMerge: [.none, .crashes]
    case .dispatchBeforeWord, .announcedBeforeFlush: [.coordinator, .power]
    case .anyAttemptEndsLease, .voidIncarnationListed: [.stalls, .everything]
    case .staleIncarnationAccepted: [.stalls, .network]
    case .pastRosterObeyed, .evictedLaneOpened: [.network]
    case .otherRunListed, .releaseCharged: [.drains]
    }
  }

  @Test(arguments: PlantedFault.allCases)
  func aDefectOfAMachineIsFound(_ fault: PlantedFault) async throws {
    let report = await SimulationCampaign(
      seeds: 0..<Self.seeds, mixes: Self.mixes(for: fault), threads: 2
    ) { $0.planted = fault }.run()
    let found = try #require(report.failures.first, "\(fault.rawValue) was not found")
    #expect(found.report.contains("seed \(found.seed), faults `\(found.mix.rawValue)`"))
    #expect(found.report.contains("again: millrace simulate FILE --seed \(found.seed)"))
  }

  @Test(arguments: PlantedWorldFault.allCases)
  func aDefectOfTheRuntimeIsFound(_ fault: PlantedWorldFault) async throws {
    let report = await SimulationCampaign(
      seeds: 0..<Self.seeds, mixes: [.power, .coordinator], threads: 2
    ) { $0.plantedInWorld = fault }.run()
    #expect(!report.failures.isEmpty, "\(fault.rawValue) was not found")
  }
}
#endif
