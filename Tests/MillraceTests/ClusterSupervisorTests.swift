import Foundation
import Ledger
import Logging
import PipelineCore
import Runtime
import Synchronization
import Testing
import Wire

@testable import Millrace

/// A request on the commands channel, rather than ZeroMQ's pattern of that name.
private typealias Request = Wire.Request

/// What a supervisor answers, without sockets and nodes.
@Suite struct ClusterSupervisorTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func supervisor() throws -> ClusterSupervisor {
    try ClusterSupervisor.quiet(directory.path + "/state")
  }

  @Test func aSubmissionThatIsSentAgainIsTheSameRun() throws {
    let first = try supervisor()
    let id = try first.submit(token: 7)
    #expect(try first.submit(token: 7) == id)
    #expect(try first.submit(token: 8) != id)
    first.stop()
    let again = try supervisor()
    #expect(try again.submit(token: 7) == id)
    #expect(try again.standing(id).state == .running)
    #expect(try again.standing("last").state == .queued)
    #expect(try again.standing("last").progress == "is next")
    again.stop()
  }

  @Test func aSubmissionThatMakesNoSenseIsRefused() throws {
    let supervisor = try supervisor()
    let bad = Submission(
      files: [.init(path: "/t.yaml", content: Array("topology: x".utf8))], environment: [],
      overrides: [])
    guard case .refused(let message) = supervisor.answer(.submit(bad, token: 1)) else {
      Issue.record("not refused")
      return
    }
    #expect(message.contains("/t.yaml:1:1: error: "))
    supervisor.stop()
  }

  @Test func aRunIsDescribedAndPlannedOnce() throws {
    let supervisor = try supervisor()
    let id = try supervisor.submit(token: 7)
    let run = try supervisor.number(id)
    let unplanned = Response.Description(
      run: run, id: id, submission: Submission.sums(), plan: nil)
    #expect(supervisor.answer(.describe(run)) == .description(unplanned))
    #expect(supervisor.answer(.planned(run, Plan.test(run))) == .done)
    #expect(supervisor.answer(.planned(run, Plan.test(run))) == .done)
    guard case .refused = supervisor.answer(.planned(run, Plan.test(run, "ffffffffffffffff")))
    else {
      Issue.record("planned otherwise")
      return
    }
    guard case .description(let planned) = supervisor.answer(.describe(run)) else {
      Issue.record("not described")
      return
    }
    #expect(planned.plan == Plan.test(run))
    guard case .refused = supervisor.answer(.describe(RunID(rawValue: 1))) else {
      Issue.record("an unknown run was described")
      return
    }
    supervisor.stop()
  }

  @Test func aSupervisorThatStartsAgainKnowsThePlanAndGoesOn() throws {
    let first = try supervisor()
    let id = try first.submit(token: 7)
    let run = try first.number(id)
    #expect(first.answer(.planned(run, Plan.test(run))) == .done)
    first.note([3...4], of: run)
    first.stop()
    let again = try supervisor()
    guard case .description(let planned) = again.answer(.describe(run)) else {
      Issue.record("not described")
      return
    }
    #expect(planned.plan == Plan.test(run))
    let entry = again.catalog.entry(id)
    #expect(entry.sessions == 2)
    #expect(entry.storedPartitions == 2)
    again.end(.finished(rows: 1, bytes: 2))
    #expect(try again.standing(id).state == .finished)
    again.stop()
  }

  @Test func aRunEndsWithItsSummaryAndItsLog() throws {
    let supervisor = try supervisor()
    let id = try supervisor.submit(token: 7)
    let next = try supervisor.submit(token: 8)
    let run = try supervisor.number(id)
    #expect(supervisor.answer(.planned(run, Plan.test(run))) == .done)
    #expect(supervisor.answer(.output(run, Array("s\n499500\n".utf8))) == .done)
    supervisor.note(.waiting(.seconds(5)))
    supervisor.end(.finished(rows: 1, bytes: 9))
    let standing = try supervisor.standing(id)
    #expect(standing.state == .finished)
    #expect(standing.output == Array("s\n499500\n".utf8))
    #expect(standing.summary.contains("\"table\":\"s\\n499500\\n\""))
    #expect(standing.message.hasPrefix("sums: "))
    let all = try supervisor.logs(id)
    #expect(all.isOver)
    #expect(all.lines.count == 3)
    #expect(all.lines[0].hasSuffix("the run begins"))
    #expect(all.lines[1].contains("no worker is alive"))
    #expect(all.lines[2].contains("finished: sums: "))
    #expect(try supervisor.logs(id, after: all.next) == Response.Lines([], next: all.next))
    let json = try supervisor.logs(id, json: true).lines
    #expect(json.last?.hasPrefix("{\"event\":\"summary\"") == true)
    // The next begins when the nodes have left this one.
    #expect(try supervisor.standing(next).state == .queued)
    supervisor.vacate(run)
    #expect(try supervisor.standing(next).state == .running)
    guard case .refused = supervisor.answer(.describe(run)) else {
      Issue.record("a run that is over was described")
      return
    }
    supervisor.stop()
  }

  @Test func aRejectionIsToldWithAllReasons() throws {
    let supervisor = try supervisor()
    let id = try supervisor.submit(token: 7)
    let run = try supervisor.number(id)
    #expect(supervisor.answer(.rejected(run, reasons: ["a.yaml:1: error: x", "b"])) == .done)
    supervisor.end(.failed(Failure(.configuration, "whatever")))
    let standing = try supervisor.standing(id)
    #expect(standing.state == .rejected)
    #expect(standing.message == "a.yaml:1: error: x\nb")
    #expect(try supervisor.logs(id).lines.last?.contains("rejected: a.yaml:1: error: x") == true)
    supervisor.stop()
  }

  @Test func anOutputThatIsTooLargeIsNotKept() throws {
    let supervisor = try supervisor()
    let id = try supervisor.submit(token: 7)
    let run = try supervisor.number(id)
    let large = [UInt8](repeating: 1, count: ClusterSupervisor.maximumOutput + 1)
    #expect(supervisor.answer(.output(run, large)) == .done)
    #expect(try supervisor.store.output(of: id).isEmpty)
    supervisor.stop()
  }

  @Test func aPartitionInQuarantineIsInTheLedgerWithItsBytes() throws {
    let supervisor = try supervisor()
    let id = try supervisor.submit(token: 7)
    let run = try supervisor.number(id)
    let given = Quarantined(
      partition: PartitionID(stage: 0, index: 3), attempts: 4, failure: Failure(.data, "bad"))
    let text = try QuarantineText(
      given, .file(index: 0, offset: 10, length: 3, digest: 99)
    ).json()
    let request = Request.quarantine(run, record: text, content: [7, 8, 9])
    guard case .refused = supervisor.answer(request) else {
      Issue.record("taken before the run was planned")
      return
    }
    #expect(supervisor.answer(.planned(run, Plan.test(run))) == .done)
    #expect(supervisor.answer(request) == .done)
    #expect(supervisor.answer(request) == .done)
    supervisor.end(.failed(Failure(.data, "bad")))
    let files = supervisor.catalog.files(of: id)
    let kept = try Ledger(opening: files.ledger, readOnly: true).quarantined()
    #expect(kept.map(\.quarantined) == [given])
    let bytes = try #require(kept.first?.bytes)
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: files.directory + "/" + bytes)) == Data([7, 8, 9]))
    supervisor.stop()
  }

  @Test func whatWaitsIsTakenOutAndWhatIsOverIsNot() throws {
    let supervisor = try supervisor()
    let first = try supervisor.submit(token: 7)
    let second = try supervisor.submit(token: 8)
    #expect(supervisor.answer(.cancel(run: second)) == .done)
    #expect(supervisor.answer(.cancel(run: second)) == .done)
    #expect(try supervisor.standing(second).state == .cancelled)
    supervisor.end(.finished(rows: 0, bytes: 0))
    guard case .refused(let message) = supervisor.answer(.cancel(run: first)) else {
      Issue.record("cancelled what is over")
      return
    }
    #expect(message.contains("is over: it finished"))
    supervisor.stop()
  }

  @Test func aRunThatWasCancelledIsNotGoneOnWith() throws {
    let first = try supervisor()
    let id = try first.submit(token: 7)
    #expect(first.answer(.cancel(run: id)) == .done)
    // The word of the end never came.
    first.stop()
    let again = try supervisor()
    again.end(.failed(ClusterCore.cancellation))
    #expect(try again.standing(id).state == .cancelled)
    again.stop()
  }

  @Test func theEndThatOnlyTheLedgerKnowsCounts() throws {
    let first = try supervisor()
    let id = try first.submit(token: 7)
    let run = try first.number(id)
    #expect(first.answer(.planned(run, Plan.test(run))) == .done)
    let unended = try first.state.withLock { state in try state.core.find(id) }
    first.end(.finished(rows: 1, bytes: 2))
    // As if it had died before it could write that down.
    try first.store.update(unended)
    first.stop()
    let again = try supervisor()
    #expect(try again.standing(id).state == .finished)
    #expect(again.state.withLock { $0.core.current } == nil)
    again.stop()
  }

  @Test func theQueueHasALimit() throws {
    let supervisor = try supervisor()
    supervisor.state.withLock { state in
      for number in 1...UInt64(ClusterCore.maximumQueued + 1) {
        _ = state.core.take(.submitted(.test(number)))
      }
    }
    guard case .refused(let message) = supervisor.answer(.submit(Submission.sums(), token: 3))
    else {
      Issue.record("one more was taken")
      return
    }
    #expect(message.contains("1,000 runs wait already"))
    supervisor.stop()
  }

  @Test func statusTellsOfAllOfThem() throws {
    let supervisor = try supervisor()
    let first = try supervisor.submit(token: 7)
    _ = try supervisor.submit(token: 8, "means")
    guard case .lines(let text) = supervisor.answer(.status(json: false)),
      case .lines(let json) = supervisor.answer(.status(json: true))
    else {
      Issue.record("no lines")
      return
    }
    #expect(
      text.lines.contains(
        "  \(first)  running    is being planned  waits for a ventilator, a sink, a worker"))
    #expect(text.lines.last == "no nodes")
    #expect(json.lines.count == 3)
    #expect(json.lines[2].contains("\"state\":\"queued\""))
    supervisor.stop()
  }
}
