import PipelineCore
import Testing

@Suite("Ventilator: failed attempts")
struct VentilatorRetryTests {
  let one = worker(1)
  let two = worker(2)
  let patient = VentilatorConfiguration(attempts: 4, retryBackoff: .milliseconds(100))

  @Test func aFailedAttemptIsMadeAgainAfterABackOffThatDoubles() {
    var bench = VentilatorBench(sizes: [1], workers: [one], patient)
    for (attempt, wait) in [(UInt16(1), Int64(100)), (2, 200), (3, 400)] {
      #expect(bench.outstanding.map(\.attempt) == [attempt])
      bench.answer(bench.outstanding, .failed(.disk))
      #expect(bench.machine.nextTick == bench.now + .milliseconds(wait))
      bench.wait(.milliseconds(wait - 1))
      #expect(bench.outstanding.isEmpty, "it came back before its time")
      bench.wait(.milliseconds(1))
    }
    #expect(bench.outstanding.map(\.attempt) == [4])
    bench.answer(bench.outstanding)
    #expect(bench.machine.isDone)
  }

  @Test func theBackOffDoublesSixTimesAtMost() {
    let stubborn = VentilatorConfiguration(attempts: 12, retryBackoff: .milliseconds(1))
    var bench = VentilatorBench(sizes: [1], workers: [one], stubborn)
    for _ in 0..<10 {
      bench.answer(bench.outstanding, .failed(.disk))
      bench.wait(.milliseconds(64))
      #expect(bench.outstanding.count == 1)
    }
  }

  @Test func aPartitionThatUsedAllItsAttemptsEndsTheRunAndIsNamed() throws {
    var bench = VentilatorBench(sizes: [1, 1], workers: [one], patient)
    for _ in 0..<4 {
      let failing = bench.outstanding.filter { $0.index == 1 }
      bench.answer(failing, .failed(.disk))
      bench.wait(.seconds(10))
    }
    #expect(bench.failure == nil, "partition 0 is not stored yet")
    bench.finish()
    let failure = try #require(bench.failure)
    #expect(failure.message.contains("partition 1 failed 4 times"))
    #expect(failure.message.contains("the disk is full"))
    #expect(failure.kind == .operating)
  }

  @Test(arguments: [Failure.Kind.data, .configuration])
  func aFailureThatIsTheSameEverywhereEndsTheRunAtOnce(_ kind: Failure.Kind) {
    var bench = VentilatorBench(sizes: [1, 1, 1, 1], workers: [one])
    let failure = Failure(kind, "'x' is no number", file: 0, offset: 17, field: 3)
    let actions = bench.answer([bench.outstanding[0]], .failed(failure))
    #expect(bench.failure == failure)
    #expect(actions.isEmpty, "nothing is sent any more")
  }

  @Test func theFirstFailureIsTheOneReported() {
    var bench = VentilatorBench(sizes: [1, 1], workers: [one])
    let sent = bench.outstanding
    bench.answer([sent[0]], .failed(Failure(.data, "first")))
    bench.answer([sent[1]], .failed(Failure(.data, "second")))
    #expect(bench.failure?.message == "first")
  }

  @Test func theNextAttemptGoesToAnotherNodeWhereThereIsOne() {
    var bench = VentilatorBench(sizes: [1], workers: [one, two], patient)
    var last = bench.outstanding[0].worker
    for _ in 0..<3 {
      bench.answer(bench.outstanding, .failed(.disk))
      bench.wait(.seconds(1))
      #expect(bench.outstanding.map(\.worker.node) != [last.node])
      last = bench.outstanding[0].worker
    }
  }

  @Test func anotherIncarnationOfTheSameNodeIsTheSameNode() {
    var bench = VentilatorBench(sizes: [1], workers: [one], patient)
    bench.answer(bench.outstanding, .failed(.disk))
    bench.evict(one)
    bench.open(worker(1, start: 2))
    bench.open(two)
    bench.wait(.seconds(1))
    #expect(bench.outstanding.map(\.worker) == [two])
  }

  @Test func theOnlyNodeThereIsGetsItAgain() {
    var bench = VentilatorBench(sizes: [1], workers: [one], patient)
    bench.answer(bench.outstanding, .failed(.disk))
    bench.wait(.seconds(1))
    #expect(bench.outstanding.map(\.worker) == [one])
  }

  @Test func aNodeThatTakesNoMoreWorkIsNoAlternative() {
    var bench = VentilatorBench(sizes: [1], workers: [one], patient)
    bench.open(two)
    bench.draining = [two]
    bench.publish()
    bench.answer(bench.outstanding, .failed(.disk))
    bench.wait(.seconds(1))
    #expect(bench.outstanding.map(\.worker) == [one])
  }

  @Test func theOthersGoOnWhileOneWaits() {
    var bench = VentilatorBench(sizes: Array(repeating: 1, count: 20), workers: [one], patient)
    bench.answer([bench.outstanding[0]], .failed(.disk))
    while !bench.outstanding.isEmpty { bench.answer(bench.outstanding) }
    #expect(bench.machine.storedCount == 19)
    bench.wait(.milliseconds(100))
    #expect(bench.outstanding.map(\.index) == [0])
  }

  @Test func aSourceThatCannotBeReadEndsTheRun() {
    var bench = VentilatorBench(sizes: [1, 1, 1], workers: [one])
    bench.handle(.sourceFailed(.disk))
    #expect(bench.failure == nil, "what was cut before may fail before it")
    bench.finish()
    #expect(bench.failure == .disk)
    #expect(bench.machine.cutCount <= 3)
  }

  @Test func whatCannotBeSentEndsTheRunAndHoldsNoCredit() {
    var bench = VentilatorBench(sizes: [1], workers: [one])
    let grants = [Ventilator.Grant(index: 0, attempt: 1)]
    #expect(bench.outstanding.map(\.index) == [0])
    bench.handle(.sendFailed(one, grants, .disk))
    #expect(bench.failure == .disk)
    #expect(bench.machine.leasedCount == 0)
  }

  @Test(arguments: [[0, 1, 2], [2, 1, 0], [1, 2, 0], [2, 0, 1]])
  func theRunFailsWithTheFirstFaultOfTheInputWhoeverIsFaster(_ order: [Int]) {
    var bench = VentilatorBench(
      sizes: Array(repeating: 1, count: 50), workers: [one, two, worker(3)])
    let sent = (0..<3).map { index in bench.outstanding.first { $0.index == index + 1 }! }
    for position in order {
      bench.answer([sent[position]], .failed(Failure(.data, "partition \(position + 1)")))
    }
    #expect(bench.failure == nil, "partition 0 may still fail")
    bench.finish()
    #expect(bench.failure?.message == "partition 1")
    #expect(bench.machine.cutCount < 50, "nothing is cut any more")
  }

  @Test func aPartitionBeforeTheFaultIsStillTriedAgain() {
    var bench = VentilatorBench(sizes: [1, 1, 1, 1], workers: [one, two], patient)
    let first = bench.outstanding.first { $0.index == 0 }!
    let second = bench.outstanding.first { $0.index == 1 }!
    bench.answer([second], .failed(Failure(.data, "bad record")))
    bench.evict(first.worker)
    #expect(bench.failure == nil)
    bench.finish()
    #expect(bench.failure?.message == "bad record")
    #expect(bench.machine.storedCount >= 1)
  }

  @Test func aWorkerIsNotIdleWhileTheFirstPartitionWaitsForAnother() {
    var bench = VentilatorBench(
      sizes: Array(repeating: 1, count: 40), workers: [one, two],
      VentilatorConfiguration(creditPartitions: 2, retryBackoff: .milliseconds(1)))
    let failed = bench.held(by: one)[0]
    bench.answer([failed], .failed(.disk))
    bench.wait(.milliseconds(1))
    bench.answer([bench.held(by: one)[0]])
    #expect(!bench.held(by: one).isEmpty, "the other lane is full, this one has work all the same")
    #expect(!bench.held(by: one).contains { $0.index == failed.index })
    bench.finish()
    #expect(bench.machine.isDone)
  }
}
