import PipelineCore
import Testing

@testable import Runtime

@Suite struct TurnTakingTests {
  private var now = Instant(nanoseconds: 0)
  private var turns = TurnTaking()

  /// One partition there and back.
  private mutating func trip(_ length: Span) {
    turns.send(underWay: 1, at: now)
    now = now + length
    turns.receive(at: now)
  }

  private mutating func trips(_ count: Int, _ length: Span = .microseconds(300)) {
    for _ in 0..<count { trip(length) }
  }

  @Test mutating func itBeginsAfterSomeTripsOneByOne() {
    #expect(!turns.isGoingOn)
    trips(TurnTaking.soonTrips - 1)
    #expect(!turns.isGoingOn)
    trip(TurnTaking.soon)
    #expect(turns.isGoingOn)
  }

  @Test mutating func twoUnderWayEndItAtOnceAndCountAnew() {
    trips(TurnTaking.soonTrips)
    turns.send(underWay: 1, at: now)
    #expect(turns.isGoingOn)
    turns.send(underWay: 2, at: now)
    #expect(!turns.isGoingOn)
    // Neither of the two is a trip.
    turns.receive(at: now)
    turns.receive(at: now)
    trips(TurnTaking.soonTrips - 1)
    #expect(!turns.isGoingOn)
    trip(.microseconds(1))
    #expect(turns.isGoingOn)
  }

  @Test mutating func aLateTripKeepsItFromBeginningAndSeveralEndIt() {
    trips(TurnTaking.soonTrips - 1)
    trip(.milliseconds(5))
    trips(TurnTaking.soonTrips - 1)
    #expect(!turns.isGoingOn)
    trip(.microseconds(1))
    #expect(turns.isGoingOn)
    trips(TurnTaking.lateTrips - 1, .milliseconds(5))
    trip(.microseconds(1))
    trips(TurnTaking.lateTrips - 1, .milliseconds(5))
    #expect(turns.isGoingOn, "one in between was soon back")
    trip(.milliseconds(5))
    #expect(!turns.isGoingOn)
  }

  @Test mutating func whatWasNoGoodIsNotTriedAgainAtOnce() {
    trips(TurnTaking.soonTrips)
    trips(TurnTaking.lateTrips, .milliseconds(5))
    let end = now
    while now + .milliseconds(1) < end + TurnTaking.recovery { trip(.microseconds(500)) }
    #expect(!turns.isGoingOn)
    now = end + TurnTaking.recovery
    trip(.microseconds(1))
    #expect(turns.isGoingOn)
  }

  @Test mutating func aLongWaitEndsIt() {
    trips(TurnTaking.soonTrips)
    now = now + TurnTaking.longestWait
    turns.tick(at: now)
    #expect(turns.isGoingOn)
    turns.tick(at: now + Span(nanoseconds: 1))
    #expect(!turns.isGoingOn, "nothing was sent")
    trips(TurnTaking.soonTrips)
    turns.send(underWay: 1, at: now)
    turns.tick(at: now + TurnTaking.longestWait + Span(nanoseconds: 1))
    #expect(!turns.isGoingOn, "this one takes long")
    turns.receive(at: now + .seconds(1))
    #expect(!turns.isGoingOn)
  }
}
