import PipelineCore
import Testing
import ZeroMQ

@testable import Runtime

@Suite struct SupervisorSilenceTests {
  private let place = Endpoint.tcp(host: "supervisor", port: 5700)

  private func at(_ seconds: Int64) -> Instant { Instant(nanoseconds: seconds * 1_000_000_000) }

  @Test func aSilenceIsToldAfterAWhileAndThenNowAndThen() {
    var silence = SupervisorSilence(since: at(0))
    let early = silence.words(at: at(4), place)
    #expect(early == nil)
    let words = silence.words(at: at(5), place)
    #expect(words?.contains("tcp://supervisor:5700 for 5 s") == true)
    #expect(words?.contains("allow-list") == true)
    var lines = 0
    for second in 6...600 as ClosedRange<Int64> where silence.words(at: at(second), place) != nil {
      lines += 1
    }
    #expect((9...14).contains(lines))
    silence.reason = .wrongKey
    let reason = silence.words(at: at(700), place)
    #expect(reason?.contains("public key") == true)
    let ends = [silence.end(at: at(701)), silence.end(at: at(702))]
    #expect(ends == [true, false])
    let quiet = silence.words(at: at(706), place)
    #expect(quiet == nil)
  }
}
