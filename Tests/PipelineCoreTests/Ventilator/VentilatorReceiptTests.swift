import PipelineCore
import Testing

@Suite("Ventilator: receipts, drain and cancel")
struct VentilatorReceiptTests {
  let one = worker(1)
  let two = worker(2)
  let stored = Receipt.Outcome.stored(digest: 1)

  @Test func aStoredPartitionIsReleasedOnce() {
    var bench = VentilatorBench(sizes: [1], workers: [one])
    let sent = bench.outstanding[0]
    #expect(bench.answer([sent]) == [.release(0...0)])
    #expect(bench.answer([sent]).isEmpty)
    #expect(bench.answer([sent], .duplicate(digest: 1, agrees: true)).isEmpty)
    #expect(bench.machine.storedCount == 1 && bench.machine.isDone)
  }

  @Test func aRepeatedReceiptGivesNoCreditTwice() {
    var bench = VentilatorBench(sizes: Array(repeating: 1, count: 9), workers: [one])
    let first = bench.outstanding[0]
    bench.answer([first])
    #expect(bench.answer([first]).isEmpty)
    #expect(bench.machine.leasedCount == 2)
  }

  @Test func aLateReceiptOfAnEvictedWorkerCountsAsStored() {
    var bench = VentilatorBench(sizes: [1, 1], workers: [one])
    let lost = bench.outstanding
    bench.evict(one)
    #expect(bench.answer([lost[0]]) == [.release(0...0)])
    bench.open(two)
    #expect(bench.outstanding.map(\.index) == [1], "what is stored is not done again")
  }

  @Test func aLateReceiptGivesNoCreditToTheNextHolder() {
    var bench = VentilatorBench(sizes: Array(repeating: 1, count: 6), workers: [one])
    let lost = bench.outstanding[0]
    bench.evict(one)
    bench.open(two)
    let second = bench.held(by: two)[0]
    #expect(second.index == lost.index && second.attempt == 2)
    #expect(bench.answer([lost]) == [.release(0...0)], "the second worker is still at it")
    #expect(bench.machine.leasedCount == 1)
    // Its own word on it gives the credit back.
    let actions = bench.answer([second], .duplicate(digest: 1, agrees: true))
    #expect(actions.contains { if case .send(two, _) = $0 { true } else { false } })
  }

  @Test func aLateFailureOfAnEvictedWorkerIsNotCharged() {
    var bench = VentilatorBench(sizes: [1], workers: [one])
    let lost = bench.outstanding
    bench.evict(one)
    bench.open(two)
    bench.answer(lost, .failed(Failure(.data, "late")))
    #expect(bench.failure == nil)
    #expect(bench.held(by: two).map(\.attempt) == [2])
  }

  @Test func aRepeatedReceiptOfAnEarlierAttemptEndsNothing() {
    var bench = VentilatorBench(sizes: [1], workers: [one])
    let first = bench.outstanding
    bench.answer(first, .failed(.disk))
    bench.wait(.seconds(1))
    // The same worker holds it again, in its second attempt.
    #expect(bench.outstanding.map(\.attempt) == [2])
    bench.answer(first, .failed(.disk))
    #expect(bench.machine.leasedCount == 1)
    #expect(bench.machine.nextTick == nil, "nothing waits for a third attempt")
  }

  @Test func aStoredPartitionIsNotRequeuedWhenItsLaterHolderDies() {
    var bench = VentilatorBench(sizes: [1], workers: [one])
    let lost = bench.outstanding
    bench.evict(one)
    bench.open(two)
    bench.answer(lost)
    bench.evict(two)
    #expect(bench.machine.evictions.last?.requeued == 0)
    #expect(bench.machine.isDone)
  }

  @Test func aStoredPartitionDoesNotWaitOutItsBackOff() {
    var bench = VentilatorBench(sizes: [1], workers: [one])
    let lost = bench.outstanding
    bench.evict(one)
    bench.open(two)
    bench.answer(bench.outstanding, .failed(.disk))
    #expect(bench.answer(lost) == [.release(0...0)])
    #expect(bench.machine.isDone)
    bench.wait(.seconds(10))
    #expect(bench.outstanding.isEmpty)
  }

  @Test func receiptsForWhatWasNeverCutAreIgnored() {
    var bench = VentilatorBench(sizes: [1], workers: [one])
    let strange = [
      Receipt(partition: PartitionID(77), attempt: 1, worker: one, outcome: stored),
      Receipt(partition: PartitionID(.max), attempt: 1, worker: one, outcome: stored),
      Receipt(
        partition: PartitionID(stage: 3, index: 0), attempt: 1, worker: one, outcome: stored),
    ]
    #expect(bench.receive(strange).isEmpty)
    #expect(bench.machine.storedCount == 0)
  }

  @Test func cancelDropsEverything() {
    var bench = VentilatorBench(sizes: Array(repeating: 1, count: 6), workers: [one, two])
    let sent = bench.outstanding
    #expect(bench.order(.cancel) == [.closeLane(one), .closeLane(two)])
    #expect(bench.machine.leasedCount == 0)
    #expect(bench.machine.nextTick == nil)
    #expect(bench.answer(sent).isEmpty)
    #expect(bench.open(worker(3)).isEmpty)
  }

  @Test func anEmptySourceIsDone() {
    let bench = VentilatorBench(sizes: [], workers: [one])
    #expect(bench.machine.isDone)
    #expect(bench.machine.phase == .exhausted(partitions: 0))
  }
}
