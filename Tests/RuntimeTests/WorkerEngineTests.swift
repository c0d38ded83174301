import Operators
import PipelineCore
import Testing
import ZeroMQ

@testable import Runtime

/// A worker between a supervisor, a ventilator and a sink made by hand.
@Suite struct WorkerEngineTests {
  private func withWorker(
    registry: OperatorRegistry = OperatorRegistry(),
    _ body: (WorkerHost, WorkerThread) throws -> Void
  ) throws {
    try withContext { context, directory in
      let host = try WorkerHost(context, directory)
      let worker = try WorkerThread(directory, registry: registry)
      var failed: (any Error)?
      do { try body(host, worker) } catch { failed = error }
      // Whatever happened, the worker must leave when the run is over.
      if worker.end.value == nil {
        let deadline = ContinuousClock.now + patience
        while worker.end.value == nil, ContinuousClock.now < deadline {
          try host.publish(nil, phase: .finished)
          _ = try host.answers(within: .milliseconds(5))
        }
      }
      #expect(try worker.join() != nil)
      if let failed { throw failed }
    }
  }

  private func stage(_ name: String, to worker: NodeIncarnation) -> Packet {
    .stage(StageSpecification([name]), from: WorkerHost.ventilator, to: worker)
  }

  private func pack(_ texts: [String], from index: UInt32 = 0, to worker: NodeIncarnation) -> Packet
  {
    .lane(texts, firstIndex: index, from: WorkerHost.ventilator, to: worker)
  }

  @Test func aWorkerJoinsWorksAndLeaves() throws {
    try withWorker { host, worker in
      let beat = try host.admit()
      #expect(beat.name == "worker-1")
      #expect(beat.roles == .worker)
      try host.send(stage("echo", to: beat.sender))
      try host.send(pack(["one", "", "three"], to: beat.sender))
      let results = try host.answers()
      #expect(results?.sender == beat.sender)
      #expect(results?.answers.map { text($0.bytes) } == ["one", "", "three"])
      #expect(results?.answers.map(\.index) == [0, 1, 2])
      // Its beats tell what it did.
      let later = try host.beat(where: { $0.progress.partitions == 3 }, { try host.publish(beat) })
      #expect(later.progress.bytes == 8)
      try host.publish(beat, phase: .finished)
      #expect(try worker.join() == .runFinished)
    }
  }

  @Test func anAbandonedRunIsLeft() throws {
    try withWorker { host, worker in
      let beat = try host.admit()
      try host.publish(beat, phase: .abandoned)
      #expect(try worker.join() == .runAbandoned)
    }
  }

  @Test func whatIsMeantForAnotherIncarnationIsDropped() throws {
    try withWorker { host, _ in
      let beat = try host.admit()
      try host.send(stage("echo", to: beat.sender))
      var other = beat.sender
      other.incarnation.rawValue ^= 1
      try host.send(stage("noop", to: other))
      try host.send(pack(["not mine"], from: 7, to: other))
      try host.send(
        .lane(
          ["not this run's"], firstIndex: 8, run: RunID(rawValue: 1),
          from: WorkerHost.ventilator, to: beat.sender))
      try host.send(pack(["mine"], from: 9, to: beat.sender))
      let mine = Answer(index: 9, bytes: bytes("mine"), counts: [0, 0, 0])
      #expect(try host.answers()?.answers == [mine])
      #expect(try host.answers(within: .zero) == nil)
    }
  }

  @Test func anEvictedWorkerComesBackAsANewIncarnationWithANewLane() throws {
    try withWorker { host, _ in
      let first = try host.admit()
      try host.send(stage("echo", to: first.sender))
      let second = try host.beat(
        where: { $0.sender != first.sender }, { try host.publish(nil) })
      #expect(second.sender.node == first.sender.node)
      #expect(second.endpoints.lane != first.endpoints.lane)
      #expect(!second.joined)
      let joined = try host.admit { $0.sender != first.sender }
      // It was told nothing yet: the stage comes again with the new lane.
      try host.send(pack(["old"], to: first.sender))
      try host.send(stage("echo", to: joined.sender))
      try host.send(pack(["new"], from: 3, to: joined.sender))
      let results = try host.answers()
      #expect(results?.sender == joined.sender)
      #expect(results?.answers.map { text($0.bytes) } == ["new"])
      #expect(joined.progress == Beat.Progress())
    }
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func whatNoVentilatorWouldSendDoesNoHarm(seed: UInt64) throws {
    try withWorker { host, _ in
      let beat = try host.admit()
      let valid = pack(["valid"], from: 1000, to: NodeIncarnation(4, 1))
      for message in hostileMessages(seed, valid: [valid.frame, valid.payload]) {
        try host.send(message)
      }
      try host.send(.result("not for a lane", index: 0, from: beat.sender))
      try host.send(stage("echo", to: beat.sender))
      try host.send(pack(["still here"], from: 5, to: beat.sender))
      let results = try host.answers()
      #expect(results?.answers.map(\.index) == [5])
      #expect(results?.answers.map { text($0.bytes) } == ["still here"])
    }
  }

  @Test func beatsGoOnWhileAnOperatorIsBusy() throws {
    let gate = try StartGate()
    let busy = Shared(false)
    let registry = OperatorRegistry("wait") { _, result in
      busy.update { $0 = true }
      try gate.wait()
      result.append(bytes("done"))
      return PartitionCounts(rows: 1)
    }
    try withWorker(registry: registry) { host, _ in
      defer { gate.open(nil) }
      let beat = try host.admit()
      try host.send(stage("wait", to: beat.sender))
      try host.send(pack(["a"], to: beat.sender))
      #expect(busy.waits { $0 })
      let from = try host.beat(where: { _ in true }).sequence
      _ = try host.beat(where: { $0.sequence >= from + 5 }, { try host.publish(beat) })
      #expect(try host.answers(within: .zero) == nil)
      gate.open(nil)
      #expect(try host.answers()?.answers.map { text($0.bytes) } == ["done"])
    }
  }

  /// An operator that waits for the gate, but not at partitions of one byte; counts its calls.
  private func waiting(at gate: StartGate, _ calls: Shared<Int>) -> OperatorRegistry {
    OperatorRegistry("wait") { partition, result in
      calls.update { $0 += 1 }
      if partition.copy.count > 1 { try gate.wait() }
      result.append(partition.copy)
      return PartitionCounts(rows: 1)
    }
  }

  @Test func beatsTellWhatIsUnderWayAndHeld() throws {
    let gate = try StartGate()
    try withWorker(registry: waiting(at: gate, Shared(0))) { host, _ in
      defer { gate.open(nil) }
      let beat = try host.admit()
      #expect(beat.underWay == nil)
      #expect(beat.progress == Beat.Progress())
      try host.send(stage("wait", to: beat.sender))
      try host.send(pack(["a", "long", "c"], from: 5, to: beat.sender))
      try host.send(pack(["d", "e"], from: 8, to: beat.sender))
      // In the middle of a pack: one partition is done and the next is under way.
      let partition = PartitionID(stage: 0, index: 6)
      let busy = try host.beat(
        where: { $0.underWay?.partition == partition && $0.progress.held == 5 },
        { try host.publish(beat) })
      #expect(busy.progress == Beat.Progress(partitions: 1, bytes: 1, rows: 1, held: 5))
      let elapsed = try #require(busy.underWay?.elapsed)
      let later = try host.beat(
        where: { $0.sequence > busy.sequence }, { try host.publish(beat) })
      #expect(try #require(later.underWay?.elapsed) > elapsed)
      #expect(try host.answers(within: .zero) == nil)
      gate.open(nil)
      #expect(try host.answers()?.answers.map(\.index) == [5, 6, 7])
      #expect(try host.answers()?.answers.map(\.index) == [8, 9])
      let idle = try host.beat(
        where: { $0.underWay == nil && $0.progress.held == 0 }, { try host.publish(beat) })
      #expect(idle.progress == Beat.Progress(partitions: 5, bytes: 8, rows: 5))
    }
  }

  @Test(arguments: [
    (Roster.RunPhase.finished, Worker.LeaveReason.runFinished), (.abandoned, .runAbandoned),
  ])
  func aBusyWorkerLeavesAtOnce(phase: Roster.RunPhase, reason: Worker.LeaveReason) throws {
    let gate = try StartGate()
    let calls = Shared(0)
    try withContext { context, directory in
      defer { gate.open(nil) }
      let host = try WorkerHost(context, directory)
      let worker = try WorkerThread(directory, registry: waiting(at: gate, calls))
      let beat = try host.admit()
      #expect(try names(in: directory.path).contains { $0.hasPrefix("lane-") })
      try host.send(stage("wait", to: beat.sender))
      try host.send(pack(["long", "next"], to: beat.sender))
      #expect(calls.waits { $0 == 1 })
      try host.publish(beat, phase: phase)
      // The operator is in the middle of its partition until the gate opens.
      #expect(try worker.join() == reason)
      #expect(try !names(in: directory.path).contains { $0.hasPrefix("lane-") })
      #expect(calls.value == 1)
    }
  }

  @Test func whatAVoidIncarnationComputesIsNeverSentAsTheNextOnes() throws {
    let gate = try StartGate()
    let calls = Shared(0)
    try withWorker(registry: waiting(at: gate, calls)) { host, _ in
      defer { gate.open(nil) }
      let first = try host.admit()
      try host.send(stage("wait", to: first.sender))
      try host.send(pack(["old 0", "old 1", "old 2"], to: first.sender))
      try host.send(pack(["old 3"], from: 3, to: first.sender))
      #expect(calls.waits { $0 == 1 })
      _ = try host.beat(where: { $0.sender != first.sender }, { try host.publish(nil) })
      let second = try host.admit { $0.sender != first.sender }
      try host.send(stage("wait", to: second.sender))
      try host.send(pack(["new 0", "new 1"], to: second.sender))
      // What waits is the new incarnation's; what is under way and was done is not.
      let waiting = try host.beat(
        where: { $0.sender == second.sender && $0.progress.held == 2 },
        { try host.publish(second) })
      #expect(waiting.underWay?.partition.index == 0, "the old one's: nothing else can be begun")
      #expect(waiting.progress == Beat.Progress(held: 2))
      #expect(calls.value == 1)
      gate.open(nil)
      let results = try host.answers()
      #expect(results?.sender == second.sender)
      #expect(results?.answers.map { text($0.bytes) } == ["new 0", "new 1"])
      let idle = try host.beat(
        where: { $0.progress.partitions == 2 && $0.progress.held == 0 },
        { try host.publish(second) })
      #expect(idle.progress.bytes == 10)
      // The rest of the void incarnation's pack was not begun.
      #expect(calls.value == 3)
      #expect(try host.answers(within: .zero) == nil)
    }
  }

  @Test func anUnknownOperatorIsAnswered() throws {
    try withWorker { host, _ in
      let beat = try host.admit()
      try host.send(stage("sqll", to: beat.sender))
      try host.send(pack(["a", "b"], to: beat.sender))
      let failures = try host.answers()?.answers.map(\.failure)
      #expect(failures?.count == 2)
      #expect(failures?.allSatisfy { $0?.kind == .configuration } == true)
    }
  }

  @Test func aSilentSupervisorIsNotWaitedForForEver() throws {
    try withContext { _, directory in
      let worker = try WorkerThread(
        directory, registry: OperatorRegistry(), patience: .milliseconds(200))
      guard case .supervisorSilent = try worker.join() else {
        Issue.record("\(String(describing: worker.end.value))")
        return
      }
    }
  }

  @Test func aWorkerWhoseParentIsGoneLeaves() throws {
    try withContext { _, directory in
      // No process has this id: whoever started the worker is not there any more.
      let worker = try WorkerThread(directory, registry: OperatorRegistry(), parent: .max)
      #expect(try worker.join() == .parentDied)
    }
  }
}
