import PipelineCore
import Testing

@Suite("Liveness")
struct LivenessTests {
  let one = worker(1)
  let beat = Span.milliseconds(250)

  @Test func threeMissedBeatsAreTheEnd() {
    var liveness = Liveness(missed: 3)
    liveness.heard(one, interval: beat, at: at(0))
    for moment in stride(from: Int64(250), through: 750, by: 250) {
      #expect(liveness.overdue(at: at(moment)).isEmpty)
    }
    #expect(liveness.overdue(at: at(1000)) == [one])
  }

  @Test func checksThatAreAlwaysALittleLateStillFindTheDead() {
    var liveness = Liveness(missed: 3)
    liveness.heard(one, interval: beat, at: at(0))
    var found: Int64?
    for check in 1...10 as ClosedRange<Int64> where found == nil {
      if liveness.overdue(at: at(check * 260)) == [one] { found = check * 260 }
    }
    #expect(found.map { $0 <= 1300 } == true, "found at \(String(describing: found)) ms")
  }

  @Test func whoBeatsLives() {
    var liveness = Liveness(missed: 3)
    for moment in stride(from: Int64(0), through: 60_000, by: 250) {
      liveness.heard(one, interval: beat, at: at(moment))
      #expect(liveness.overdue(at: at(moment + 10)).isEmpty)
    }
  }

  @Test func ownSleepIsNotHeldAgainstOthers() {
    var liveness = Liveness(missed: 3)
    liveness.heard(one, interval: beat, at: at(0))
    #expect(liveness.overdue(at: at(200)).isEmpty)
    #expect(liveness.overdue(at: at(60_000)).isEmpty, "the judge slept, not the node")
    #expect(liveness.overdue(at: at(60_250)).isEmpty)
    #expect(liveness.nextDeadline.map { $0 > at(60_250) && $0 <= at(60_400) } == true)
    #expect(liveness.overdue(at: at(60_400)) == [one], "after the sleep the count goes on")
  }

  @Test func whoFallsSilentIsNoticedExactlyWhenItIsOverdue() {
    var liveness = Liveness(missed: 3)
    #expect(liveness.nextDeadline == nil, "nobody is watched")
    liveness.heard(one, interval: beat, at: at(40))
    var found: Instant?
    while found == nil, let now = liveness.nextDeadline, now < at(5000) {
      if liveness.overdue(at: now) == [one] { found = now }
    }
    #expect(found == at(790) + Span(nanoseconds: 1))
  }

  @Test(arguments: [Int64(1), 20, 49])
  func noticedInLessThanFourBeatsThoughChecksAreLate(_ late: Int64) {
    var liveness = Liveness(missed: 3)
    liveness.heard(one, interval: beat, at: at(0))
    var found: Instant?
    while found == nil, let due = liveness.nextDeadline {
      let now = due + .milliseconds(late)
      if liveness.overdue(at: now) == [one] { found = now }
    }
    #expect(found.map { $0 > at(750) && $0 < at(1000) } == true)
  }

  @Test func thousandsThatFallSilentAreAllNoticedInTimeThoughEachCheckIsLate() throws {
    var liveness = Liveness(missed: 3)
    for number in 0..<2500 {
      let heard = Instant(nanoseconds: Int64(number) * 100_000)
      liveness.heard(worker(UInt64(number)), interval: beat, at: heard)
    }
    var now = at(250)
    while let due = liveness.nextDeadline {
      now = max(now, due) + .milliseconds(2)
      try #require(now < at(1250))
      for late in liveness.overdue(at: now) { liveness.forget(late) }
    }
    #expect(now > at(1000))
  }

  @Test func askingOftenDoesNotPutTheEndOff() {
    var liveness = Liveness(missed: 3)
    liveness.heard(one, interval: beat, at: at(0))
    for moment in 1...750 as ClosedRange<Int64> {
      #expect(liveness.overdue(at: at(moment)).isEmpty)
    }
    #expect(liveness.overdue(at: at(751)) == [one])
  }

  @Test func theOverdueAreNotAskedForAtOnceAgain() throws {
    var liveness = Liveness(missed: 3)
    liveness.heard(one, interval: beat, at: at(0))
    while liveness.overdue(at: try #require(liveness.nextDeadline)).isEmpty {}
    #expect(try #require(liveness.nextDeadline) > at(900))
    liveness.forget(one)
    #expect(liveness.nextDeadline == nil)
  }

  @Test func silenceIsNeverNegative() throws {
    var liveness = Liveness(missed: 3)
    liveness.heard(one, interval: beat, at: at(9_990))
    _ = liveness.overdue(at: at(10_000))
    let silence = try #require(liveness.silence(of: one, at: at(10_000)))
    #expect(silence >= Span(nanoseconds: 0))
  }

  @Test(arguments: [Span(nanoseconds: .max), Span(nanoseconds: .min), .seconds(1_000_000)])
  func noPromiseOfItsBeatsExemptsANode(_ promise: Span) {
    var liveness = Liveness(missed: 3)
    liveness.heard(one, interval: promise, at: at(0))
    var isFound = false
    for second in 1...200 as ClosedRange<Int64> where !isFound {
      isFound = !liveness.overdue(at: at(second * 1000)).isEmpty
    }
    #expect(isFound)
  }

  @Test func eachNodeIsJudgedByItsOwnInterval() {
    var liveness = Liveness(missed: 3)
    liveness.heard(one, interval: .milliseconds(1000), at: at(0))
    liveness.heard(worker(2), interval: beat, at: at(0))
    for moment in [Int64(250), 500, 750] { #expect(liveness.overdue(at: at(moment)).isEmpty) }
    #expect(liveness.overdue(at: at(1000)) == [worker(2)])
  }

  @Test func theForgottenAreNotJudged() {
    var liveness = Liveness(missed: 1)
    liveness.heard(one, interval: beat, at: at(0))
    liveness.forget(one)
    #expect(liveness.overdue(at: at(10_000)).isEmpty)
    #expect(liveness.silence(of: one, at: at(10_000)) == nil)
  }

  @Test func theLateAreNamedInOrder() {
    var liveness = Liveness(missed: 1)
    for number in [UInt64(3), 1, 2] { liveness.heard(worker(number), interval: beat, at: at(0)) }
    _ = liveness.overdue(at: at(250))
    #expect(liveness.overdue(at: at(500)) == [worker(1), worker(2), worker(3)])
  }
}
