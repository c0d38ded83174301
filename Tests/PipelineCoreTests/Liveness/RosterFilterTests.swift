import PipelineCore
import Testing

@Suite("Roster filter")
struct RosterFilterTests {
  @Test func theSequenceDecidesWithinAnIncarnation() {
    var filter = RosterFilter()
    #expect(filter.last == nil)
    #expect(filter.accepts(roster(5)) == true)
    #expect(!filter.accepts(roster(5)) && !filter.accepts(roster(4)))
    #expect(filter.last?.sequence == 5)
    #expect(filter.accepts(roster(9)) && filter.last?.sequence == 9)
  }

  @Test func anotherSupervisorStartsAnewAndTheOneBeforeIsOver() {
    var filter = RosterFilter()
    #expect(filter.accepts(roster(50, supervisor: 1)) == true)
    #expect(filter.accepts(roster(1, supervisor: 2)) == true)
    #expect(filter.accepts(roster(51, supervisor: 1)) == false, "late, however high it counts")
    #expect(filter.accepts(roster(2, supervisor: 2)) == true)
    #expect(filter.last?.supervisor == worker(1000, start: 2))
  }

  @Test func theLatestOfThePastAreRemembered() {
    var filter = RosterFilter()
    let last = UInt64(RosterFilter.maximumSuperseded) + 2
    for supervisor in 1...last {
      #expect(filter.accepts(roster(1, supervisor: supervisor)) == true)
    }
    for supervisor in 2..<last {
      #expect(
        filter.accepts(roster(99, supervisor: supervisor)) == false, "incarnation \(supervisor)")
    }
    #expect(filter.accepts(roster(99, supervisor: 1)) == true, "forgotten: the memory is bounded")
  }

  #if PLANTED_FAULTS
  @Test func thePlantedFaultObeysThePast() {
    var filter = RosterFilter()
    filter.planted = .pastRosterObeyed
    #expect(filter.accepts(roster(5)) && filter.accepts(roster(4)))
  }
  #endif
}
