import PipelineCore
import Testing

@testable import Runtime

@Suite struct LookOutTests {
  private func at(_ microseconds: Int64) -> Instant {
    Instant(nanoseconds: microseconds * 1_000)
  }

  @Test func onlyWhoWasAnsweredAtOnceLooksOut() {
    var lookOut = LookOut(span: .microseconds(100))
    #expect(lookOut.deadline(for: 1, at: at(0)) == nil, "nothing was asked for")
    lookOut.ask(at: at(0))
    #expect(lookOut.deadline(for: 1, at: at(10)) == nil, "nothing is known of answers")
    lookOut.answer(at: at(100))
    lookOut.ask(at: at(200))
    #expect(lookOut.deadline(for: 1, at: at(210)) == at(300))
    #expect(lookOut.deadline(for: 1, at: at(300)) == nil, "this one takes longer")
    lookOut.answer(at: at(301))
    lookOut.ask(at: at(400))
    #expect(lookOut.deadline(for: 1, at: at(410)) == nil, "the last one took longer")
    lookOut.answer(at: at(420))
    lookOut.ask(at: at(500))
    #expect(lookOut.deadline(for: 1, at: at(510)) == at(600), "and this one did not")
  }

  @Test func onlyForAFewPartitions() {
    var lookOut = LookOut(span: .microseconds(100))
    lookOut.ask(at: at(0))
    lookOut.answer(at: at(1))
    #expect(lookOut.deadline(for: 0, at: at(2)) == nil)
    #expect(lookOut.deadline(for: LookOut.fewPartitions, at: at(2)) == at(100))
    #expect(lookOut.deadline(for: LookOut.fewPartitions + 1, at: at(2)) == nil)
  }
}
