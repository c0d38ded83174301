import PipelineCore
import Testing
import Wire

@testable import Millrace

@Suite struct ClusterCoreTests {
  @Test func runsGoOnOneAfterTheOtherInTheOrderOfSubmission() {
    var core = ClusterCore()
    let runs = (1...3).map { ClusterRun.test($0) }
    #expect(core.take(.submitted(runs[0])) == [.begin(runs[0])])
    #expect(core.take(.submitted(runs[1])).isEmpty)
    #expect(core.take(.submitted(runs[2])).isEmpty)
    #expect(core.queued == [runs[1], runs[2]])
    #expect(core.take(.ended(runs[0].id, .test())).isEmpty)
    #expect(core.state(of: core.runs[0]) == .finished)
    #expect(core.take(.vacated(runs[0].run)) == [.begin(runs[1])])
    #expect(core.take(.ended(runs[1].id, .test(.failed))).isEmpty)
    #expect(core.take(.vacated(runs[1].run)) == [.begin(runs[2])])
    #expect(core.take(.ended(runs[2].id, .test())).isEmpty)
    #expect(core.take(.vacated(runs[2].run)) == [.idle])
    #expect(core.current == nil)
  }

  @Test func aRunThatIsLeftWithoutHavingEndedGoesOn() {
    var core = ClusterCore()
    let run = ClusterRun.test(1)
    _ = core.take(.submitted(run))
    #expect(core.take(.vacated(run.run)).isEmpty)
    #expect(core.take(.vacated(RunID(rawValue: 99))).isEmpty)
    #expect(core.current?.id == run.id)
  }

  @Test func whatGoesOnIsStoppedWhenItIsCancelled() {
    var core = ClusterCore()
    let run = ClusterRun.test(1)
    _ = core.take(.submitted(run))
    #expect(core.take(.cancelled(run.id)) == [.stop(run.run, ClusterCore.cancellation)])
    let failure = Supervisor.Outcome.failed(ClusterCore.cancellation)
    #expect(core.state(of: run.run, endedWith: failure) == .cancelled)
    // The output was in its place before the word came.
    #expect(core.state(of: run.run, endedWith: .finished(rows: 1, bytes: 2)) == .finished)
  }

  @Test func aRunThatWasCancelledBeforeTheSupervisorDiedIsStoppedAtOnce() {
    var core = ClusterCore()
    var run = ClusterRun.test(1)
    run.isCancelled = true
    #expect(
      core.take(.submitted(run)) == [.begin(run), .stop(run.run, ClusterCore.cancellation)])
  }

  @Test func whatWaitsAndIsCancelledNeverBegins() {
    var core = ClusterCore()
    let (first, second) = (ClusterRun.test(1), ClusterRun.test(2))
    _ = core.take(.submitted(first))
    _ = core.take(.submitted(second))
    #expect(core.take(.ended(second.id, .test(.cancelled))).isEmpty)
    _ = core.take(.ended(first.id, .test()))
    #expect(core.take(.vacated(first.run)) == [.idle])
  }

  @Test func aRejectionStopsTheRunAndTellsTheFirstReasons() {
    var core = ClusterCore()
    let run = ClusterRun.test(1)
    _ = core.take(.submitted(run))
    let stop = ClusterCore.Action.stop(run.run, Failure(.configuration, "a\nb"))
    #expect(core.take(.rejected(run.run, reasons: ["a", "b"])) == [stop])
    #expect(core.take(.rejected(run.run, reasons: ["c"])).isEmpty)
    #expect(core.take(.rejected(RunID(rawValue: 9), reasons: ["c"])).isEmpty)
    #expect(core.current?.rejection == ["a", "b"])
    #expect(
      core.state(of: run.run, endedWith: .failed(Failure(.configuration, "x"))) == .rejected)
  }

  @Test func aRunEndsOnce() {
    var core = ClusterCore()
    let run = ClusterRun.test(1)
    _ = core.take(.submitted(run))
    _ = core.take(.ended(run.id, .test(.finished)))
    #expect(core.take(.ended(run.id, .test(.failed))).isEmpty)
    #expect(core.take(.cancelled(run.id)).isEmpty)
    #expect(core.runs[0].outcome?.state == .finished)
  }

  @Test func runsOfLongAgoAreForgottenOldestFirst() {
    var core = ClusterCore()
    var forgotten: [ClusterRun] = []
    for number in 1...UInt64(ClusterCore.keptRuns + 5) {
      let run = ClusterRun.test(number)
      var actions = core.take(.submitted(run))
      actions += core.take(.ended(run.id, .test()))
      actions += core.take(.vacated(run.run))
      for case .forget(let run) in actions { forgotten.append(run) }
    }
    #expect(forgotten.map(\.number) == [1, 2, 3, 4, 5])
    #expect(core.runs.count == ClusterCore.keptRuns)
  }

  @Test func aTokenTellsTheSameRun() {
    var core = ClusterCore()
    _ = core.take(.submitted(.test(1)))
    #expect(core.run(token: 1_000_001)?.number == 1)
    #expect(core.run(token: 5) == nil)
  }

  @Test(arguments: 1...200 as ClosedRange<UInt64>)
  func atAnyTimeOneRunGoesOnAndTheQueueIsInOrder(_ seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var core = ClusterCore()
    var going: [RunID] = []
    var next: UInt64 = 1
    for _ in 0..<400 {
      let known = core.runs.randomElement(using: &random)
      let event: ClusterCore.Event
      switch (Int.random(in: 0..<6, using: &random), known) {
      case (1, let run?): event = .cancelled(run.id)
      case (2, let run?): event = .rejected(run.run, reasons: ["no"])
      case (3, let run?):
        // Only what goes on, or waits, can end.
        guard run.outcome == nil else { continue }
        event = .ended(run.id, .test())
      case (4, let run?), (5, let run?): event = .vacated(run.run)
      default:
        event = .submitted(.test(next))
        next += 1
      }
      let before = core.current
      for action in core.take(event) {
        switch action {
        case .begin(let run):
          #expect(run.outcome == nil)
          #expect(going.last.map { $0.rawValue < run.number } ?? true)
          going.append(run.run)
        case .idle: #expect(core.current == nil && core.queued.isEmpty)
        case .stop(let run, _): #expect(run == core.current?.run && core.current?.isOver == false)
        case .forget(let run):
          #expect(run.outcome != nil && !core.runs.contains { $0.id == run.id })
        }
      }
      if let before, core.current != before, core.current?.run != before.run {
        #expect(before.isOver)
      }
      #expect(core.current != nil || core.queued.isEmpty)
      #expect(core.runs.map(\.order) == core.runs.map(\.order).sorted())
      #expect(core.runs.count { $0.outcome != nil } <= ClusterCore.keptRuns + 1)
    }
  }
}
