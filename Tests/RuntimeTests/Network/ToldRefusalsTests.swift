import PipelineCore
import Testing

@testable import Runtime

@Suite struct ToldRefusalsTests {
  private func at(_ seconds: Int64) -> Instant { Instant(nanoseconds: seconds * 1_000_000_000) }

  @Test func theFirstIsToldAtOnceAndOthersByAndBy() {
    var told = ToldRefusals()
    #expect(told.line(denied: 0, dropped: 0, failed: 0, at: at(0)) == nil)
    let first = told.line(denied: 1, dropped: 2, failed: 3, at: at(0))
    #expect(first?.contains("1 connections with keys") == true)
    #expect(first?.contains("2 messages") == true)
    #expect(first?.contains("3 connections that did not") == true)
    // A peer that goes on is told of at intervals that grow to a minute.
    var lines = 0
    for second in 1...600 as ClosedRange<Int64> {
      if told.line(denied: UInt64(second) * 10, dropped: 2, failed: 3, at: at(second)) != nil {
        lines += 1
      }
    }
    #expect((10...16).contains(lines))
  }

  @Test func afterAQuietTimeTheNextIsToldAtOnce() {
    var told = ToldRefusals()
    #expect(told.line(denied: 1, dropped: 0, failed: 0, at: at(0)) != nil)
    #expect(told.line(denied: 1, dropped: 0, failed: 0, at: at(2)) == nil)
    let next = told.line(denied: 2, dropped: 0, failed: 0, at: at(2))
    #expect(next?.contains("1 connections with keys") == true)
  }
}
