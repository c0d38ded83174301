import PipelineCore
import Testing

@Suite("Ventilator: the sink's word")
struct VentilatorSinkTests {
  let one = worker(1)
  let two = worker(2)
  let next = worker(600, start: 2)

  @Test func nothingIsSentBeforeTheSinkSaidWhatIsStored() {
    var bench = VentilatorBench(sizes: [1, 1, 1], workers: [one], hasWord: false)
    #expect(bench.outstanding.isEmpty)
    #expect(bench.wait(.seconds(60)).isEmpty)
    bench.say([])
    #expect(!bench.outstanding.isEmpty)
  }

  @Test func whatIsStoredIsReleasedAndNeverSent() {
    var bench = VentilatorBench(
      sizes: Array(repeating: 1, count: 100), workers: [one], hasWord: false)
    let released = bench.say(Array(0..<90)).released
    bench.finish()
    #expect(released.prefix(4) == [0, 1, 2, 3])
    #expect(bench.messages.joined().sorted() == Array(90..<100))
    #expect(bench.machine.isDone && bench.machine.storedCount == 100)
  }

  @Test func whatIsCutLaterIsReleasedWhenItIsCut() {
    var bench = VentilatorBench(sizes: Array(repeating: 1, count: 10), hasWord: false)
    #expect(bench.say([0, 1, 2, 7]).isEmpty)
    #expect(bench.open(one).released == [0, 1, 2])
    bench.finish()
    #expect(bench.messages.joined().sorted() == [3, 4, 5, 6, 8, 9])
    #expect(bench.machine.isDone)
  }

  @Test func whatIsStoredIsCutInGreatSteps() {
    var bench = VentilatorBench(sizes: Array(repeating: 1, count: 200_000), hasWord: false)
    bench.say(Array(0..<199_999))
    let cuts = bench.open(one).filter { if case .cut = $0 { true } else { false } }
    #expect(cuts.count <= 6)
    bench.finish()
    #expect(bench.messages == [[199_999]])
  }

  @Test func aSecondWordOfTheSameSinkIsAdded() {
    var bench = VentilatorBench(sizes: [1, 1, 1, 1], workers: [one])
    let lost = bench.outstanding
    #expect(bench.say([2]).released == [2])
    #expect(bench.outstanding == lost, "leases go on")
    bench.finish()
    #expect(bench.machine.isDone && bench.messages.joined().allSatisfy { $0 != 2 })
  }

  @Test func aNewSinkTakesAllLeasesBackUncharged() {
    var bench = VentilatorBench(
      sizes: [1, 1, 1, 1], workers: [one], VentilatorConfiguration(attempts: 1))
    bench.loseOutstanding()
    bench.sink = next
    #expect(bench.publish().isEmpty, "it has not said what it has")
    #expect(bench.machine.leasedCount == 0)
    #expect(bench.say([0]).released == [0])
    #expect(bench.outstanding.map(\.index) == [1, 2], "the others again, at the front")
    #expect(bench.outstanding.map(\.attempt) == [2, 1])
    bench.finish()
    #expect(bench.machine.isDone && bench.machine.quarantined.isEmpty)
  }

  @Test func theWordOfASinkThatNoRosterListsYetWaitsForTheRoster() {
    var bench = VentilatorBench(sizes: [1, 1, 1, 1], workers: [one])
    let sent = bench.outstanding
    #expect(bench.say([0], from: next).isEmpty)
    let receipt = VentilatorBench.receipt(sent[1], .stored(digest: 1))
    #expect(bench.receive([receipt], from: next).isEmpty)
    #expect(bench.machine.storedCount == 0)
    bench.loseOutstanding()
    bench.sink = next
    #expect(bench.publish().released == [0, 1], "its word and its receipts since")
    bench.finish()
    #expect(bench.machine.isDone)
  }

  @Test func aWordWaitsForTheRosterAlsoBeforeAnySinkIsKnown() {
    var bench = VentilatorBench(sizes: [1, 1, 1, 1], hasWord: false)
    bench.sink = nil
    bench.open(one)
    bench.say([0], from: next)
    #expect(bench.outstanding.isEmpty, "it may be one that was replaced long ago")
    bench.sink = next
    bench.publish()
    #expect(!bench.outstanding.isEmpty)
    bench.finish()
    #expect(bench.messages.joined().sorted() == [1, 2, 3])
  }

  @Test func aReplacedSinkThatWakesUpIsNotFollowed() {
    var bench = VentilatorBench(sizes: [1, 1, 1, 1], workers: [one])
    bench.sink = nil
    bench.publish()
    #expect(bench.say([], from: next).isEmpty, "no roster lists it")
    bench.sink = VentilatorBench.sink
    bench.publish()
    bench.finish()
    #expect(bench.machine.isDone)
  }

  @Test func aSinkThatIsListedAgainIsFollowedAgain() {
    var bench = VentilatorBench(sizes: [1, 1, 1, 1], workers: [one])
    bench.loseOutstanding()
    bench.sink = next
    bench.publish()
    bench.say([], from: next)
    bench.loseOutstanding()
    bench.sink = VentilatorBench.sink
    bench.publish()
    #expect(bench.machine.leasedCount == 0, "it has to give its word again")
    bench.say([0])
    bench.finish()
    #expect(bench.machine.isDone)
  }

  @Test func receiptsOfStrangersAreIgnored() {
    var bench = VentilatorBench(sizes: [1], workers: [one])
    let receipts = [VentilatorBench.receipt(bench.outstanding[0], .stored(digest: 1))]
    #expect(bench.receive(receipts, from: worker(666)).isEmpty)
    #expect(bench.machine.leasedCount == 1 && bench.machine.storedCount == 0)
  }

  @Test func aReceiptForWhatIsNotCutYetIsBelieved() {
    var bench = VentilatorBench(sizes: [1, 1, 1, 1])
    let early = Receipt(
      partition: PartitionID(2), attempt: 9, worker: two, outcome: .stored(digest: 1))
    bench.receive([early])
    bench.open(one)
    bench.finish()
    #expect(bench.messages.joined().sorted() == [0, 1, 3])
    #expect(bench.machine.isDone)
  }

  @Test func aReceiptFarBeyondAllThatIsKnownIsNotBelieved() {
    var bench = VentilatorBench(sizes: [1, 1])
    bench.publish()
    let window = UInt32(Ventilator.storedWindow)
    for (index, count) in [(window, 0), (.max, 0), (window - 1, 1)] as [(UInt32, Int)] {
      bench.receive([
        Receipt(
          partition: PartitionID(index), attempt: 1, worker: one, outcome: .stored(digest: 1))
      ])
      #expect(bench.machine.storedCount == count)
    }
  }

  @Test func aSinkThatLostResultsEndsTheRunInWords() throws {
    var bench = VentilatorBench(sizes: [1, 1, 1, 1], workers: [one])
    bench.answer(bench.outstanding)
    bench.sink = next
    bench.publish()
    bench.say([1])
    let failure = try #require(bench.failure)
    #expect(failure.message.contains("without the result of partition 0"))
    #expect(failure.message.contains("millrace resume"))
  }

  @Test(arguments: [true, false])
  func resultsOfPartitionsThatDoNotExistEndTheRunInWords(_ saidBefore: Bool) throws {
    var bench = VentilatorBench(sizes: [1, 1], hasWord: false)
    if saidBefore { bench.say([2]) }
    bench.open(one)
    bench.say([2])
    let failure = try #require(bench.failure)
    #expect(failure.message.contains("partition 2") && failure.message.contains("2 partitions"))
  }

  @Test func afterManySinksOnlyTheLatestAreRemembered() {
    var bench = VentilatorBench(sizes: [1, 1], workers: [one])
    for start in 2...200 as ClosedRange<UInt64> {
      bench.sink = worker(600, start: start)
      bench.loseOutstanding()
      bench.publish()
      bench.say([])
    }
    bench.finish()
    #expect(bench.machine.isDone)
  }

  @Test func wordsOfSinksThatAreNeverListedAreForgotten() {
    var bench = VentilatorBench(sizes: [1, 1], workers: [one])
    for start in 2...20 as ClosedRange<UInt64> { bench.say([0], from: worker(700, start: start)) }
    bench.loseOutstanding()
    bench.sink = worker(700, start: 2)
    bench.publish()
    #expect(bench.outstanding.isEmpty, "its word was forgotten")
    bench.sink = worker(700, start: 20)
    bench.publish()
    #expect(bench.outstanding.map(\.index) == [1])
  }
}
