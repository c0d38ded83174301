import PipelineCore
import Testing
import ZeroMQ

@testable import Runtime

@Suite struct ThreadsTests {
  @Test func postsFromSeveralThreadsAllArriveAndWakeThePoll() throws {
    let inbox = try Inbox<(sender: Int, number: Int)>()
    let (senders, each) = (4, 500)
    let threads = try (0..<senders).map { sender in
      try EngineThread(name: "sender") {
        for number in 0..<each { inbox.post((sender, number)) }
      }
    }
    var poller = Poller()
    let slot = try poller.add(fileDescriptor: inbox.descriptor, for: .readable)
    defer { poller.remove(slot) }
    var received = [[Int]](repeating: [], count: senders)
    var count = 0
    while count < senders * each {
      // Nothing may be left behind without the descriptor telling so.
      guard try poller.poll(timeout: patience) == 1 else { break }
      for item in inbox.drain() {
        received[item.sender].append(item.number)
        count += 1
      }
    }
    for thread in threads { thread.join() }
    #expect(count == senders * each)
    #expect(received.allSatisfy { $0 == Array(0..<each) })
    #expect(inbox.drain().isEmpty)
  }

  @Test func waitReturnsForWhatIsPostedBeforeAndAfter() throws {
    let inbox = try Inbox<Int>()
    let seen = Shared<[Int]>([])
    inbox.post(1)
    let reader = try EngineThread(name: "reader") {
      while seen.value.count < 3 {
        inbox.wait()
        let items = inbox.drain()
        seen.update { $0 += items }
      }
    }
    #expect(seen.waits { $0 == [1] })
    inbox.post(2)
    inbox.post(3)
    #expect(seen.waits { $0 == [1, 2, 3] })
    reader.join()
  }

  @Test func anEmptyInboxDoesNotWakeThePoll() throws {
    let inbox = try Inbox<Int>()
    inbox.post(1)
    #expect(inbox.drain() == [1])
    var poller = Poller()
    let slot = try poller.add(fileDescriptor: inbox.descriptor, for: .readable)
    defer { poller.remove(slot) }
    #expect(try poller.poll(timeout: .zero) == 0)
  }

  @Test func aGateTellsSuccessAndTheFirstReason() throws {
    let open = try StartGate()
    let opener = try EngineThread(name: "opener") { open.open(nil) }
    try open.wait()
    opener.join()

    let shut = try StartGate()
    shut.open(RuntimeError("first"))
    shut.open(RuntimeError("second"))
    #expect(throws: RuntimeError("first")) { try shut.wait() }
  }

  @Test func joinWaitsForTheThreadsEnd() throws {
    let gate = try StartGate()
    let done = Shared(false)
    let thread = try EngineThread(name: "worker") {
      do { try gate.wait() } catch { Issue.record(error) }
      done.update { $0 = true }
    }
    #expect(!done.value)
    gate.open(nil)
    thread.join()
    #expect(done.value)
  }

  @Test func onlyTheFirstFailureIsKept() {
    let box = FailureBox()
    #expect(box.value == nil)
    box.set(Failure(.data, "first"))
    box.set(Failure(.data, "second"))
    #expect(box.value?.message == "first")
  }
}
