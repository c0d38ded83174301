import PipelineCore
import Simulation
import Testing

@Suite("A user's own topology in the simulator")
struct SimulationShapeTests {
  @Test func sizesWorkersAndLimitsAreTakenOver() {
    var shape = SimulationShape()
    shape.partitionSizes = Array(repeating: 7, count: 23)
    shape.workers = 3
    shape.ventilator = VentilatorConfiguration(creditPartitions: 4, onFailure: .quarantine)
    shape.timeout = .seconds(2)
    shape.failsOnDifference = true
    let plan = SimulationPlan(seed: 5, mix: .crashes, shape: shape)
    #expect(plan.partitions.map(\.size) == shape.partitionSizes)
    #expect(plan.workers == 3)
    #expect(plan.ventilator == shape.ventilator)
    #expect(plan.supervisor.timeout == .seconds(2))
    #expect(plan.supervisor.failsOnDifference)
    #expect(plan.supervisor.onFailure == .quarantine)
    let result = Simulation(plan).run()
    #expect(result.isGood, "\(result.report)")
    #expect(result.statistics.partitions == 23)
  }

  @Test func aSourceOfNothingFinishes() {
    var shape = SimulationShape()
    shape.partitionSizes = []
    for mix in FaultMix.allCases {
      let result = Simulation(SimulationPlan(seed: 9, mix: mix, shape: shape)).run()
      #expect(result.isGood, "\(result.report)")
    }
  }

  @Test func aPartitionThatNeverEndsIsEndedByItsTimeout() {
    var plan = SimulationPlan(seed: 11, mix: .none)
    plan.layout = .coordinator
    plan.supervisor.onlyChildren = true
    plan.supervisor.timeout = .seconds(1)
    plan.supervisor.onFailure = .quarantine
    plan.ventilator.onFailure = .quarantine
    plan.partitions[2].nature = .endless
    let result = Simulation(plan).run()
    #expect(result.isGood, "\(result.report)")
    #expect(result.statistics.quarantined == 1)
  }
}
