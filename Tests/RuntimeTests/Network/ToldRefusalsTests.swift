import PipelineCore
import Testing
import Wire

@testable import Runtime

@Suite struct ToldRefusalsTests {
  private func at(_ seconds: Int64) -> Instant { Instant(nanoseconds: seconds * 1_000_000_000) }

  private func refusals(denied: UInt64, unlisted: UInt64 = 0, failed: UInt64 = 0) -> Refusals {
    var refusals = Refusals()
    refusals.denied = denied
    refusals.unlisted = unlisted
    refusals.failedHandshakes = failed
    return refusals
  }

  @Test func theFirstIsToldAtOnceAndOthersByAndBy() {
    var told = ToldRefusals()
    #expect(told.line(Refusals(), at: at(0)) == nil)
    let first = told.line(refusals(denied: 1, unlisted: 2, failed: 3), at: at(0))
    #expect(first?.contains("1 connections with keys") == true)
    #expect(first?.contains("2 messages") == true)
    #expect(first?.contains("3 connections that did not") == true)
    // A peer that goes on is told of at intervals that grow to a minute.
    var lines = 0
    for second in 1...600 as ClosedRange<Int64> {
      let refusals = refusals(denied: UInt64(second) * 10, unlisted: 2, failed: 3)
      if told.line(refusals, at: at(second)) != nil { lines += 1 }
    }
    #expect((10...16).contains(lines))
  }

  @Test func afterAQuietTimeTheNextIsToldAtOnce() {
    var told = ToldRefusals()
    #expect(told.line(refusals(denied: 1), at: at(0)) != nil)
    #expect(told.line(refusals(denied: 1), at: at(2)) == nil)
    let next = told.line(refusals(denied: 2), at: at(2))
    #expect(next?.contains("1 connections with keys") == true)
  }

  @Test func eachReasonIsCountedAsWhatItIs() {
    var refusals = Refusals()
    for reason in [
      .failedHandshake, .unlisted, .wire(WireError(.version, "another")),
      .wire(WireError(.malformed, "broken")), .wire(WireError(.corrupt, "damaged")),
      .frames("three"), .replayed,
    ] as [Refusals.Reason] { refusals.add(reason) }
    #expect(refusals.failedHandshakes == 1)
    #expect(refusals.unlisted == 1)
    #expect(refusals.otherVersion == 1)
    #expect(refusals.malformed == 3)
    #expect(refusals.replayed == 1)
    #expect(refusals.words.contains("1 messages in another wire version"))
    #expect(refusals.words.contains("3 messages that were not understood"))
    #expect(refusals.words.contains("1 beats that came before"))
  }
}
