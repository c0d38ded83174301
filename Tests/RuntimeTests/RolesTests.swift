import Operators
import PipelineCore
import Testing
import ZeroMQ

@testable import Runtime

/// Whole runs: ventilator, supervisor and sink as a coordinator has them, workers on threads.
@Suite struct RolesTests {
  private func withFile(
    _ count: Int, _ body: (Context, PrivateDirectory, SourceFile, [UInt8]) throws -> Void
  ) throws {
    try withContext { context, directory in
      let content = pattern(count)
      let path = "\(directory.path)/data"
      try write(content, to: path)
      try body(context, directory, try inspect(path), content)
    }
  }

  @Test(arguments: [true, false], [1, 3])
  func theOutputOfAnEchoIsItsInput(byReference: Bool, workers: Int) throws {
    try withFile(100_000) { context, directory, file, content in
      let run = try TestRun(
        context, directory,
        .test(directory, ["echo"], .cutting(file, into: 777), byReference: byReference))
      for _ in 0..<workers { try run.addWorker() }
      let end = try run.finish()
      #expect(end.outcome == .finished(rows: 0, bytes: 100_000))
      #expect(end.captured == content)
      #expect(run.snapshot.value.total == 129)
      #expect(run.snapshot.value.stored.partitions == 129)
      #expect(run.roles.ventilator.workingTime > Span(nanoseconds: 0))
    }
  }

  @Test func anOutputFileStandsWholeInItsPlace() throws {
    try withFile(50_000) { context, directory, file, content in
      let path = "\(directory.path)/out/result"
      let run = try TestRun(
        context, directory,
        .test(directory, ["echo"], .cutting(file, into: 5000), target: .file(path)))
      try run.addWorker()
      #expect(try run.finish().outcome == .finished(rows: 0, bytes: 50_000))
      #expect(try contents(of: path) == content)
      #expect(try names(in: "\(directory.path)/out") == ["result"])
    }
  }

  @Test func aSourceOfNothingGivesTheHeaderAlone() throws {
    try withContext { context, directory in
      let run = try TestRun(
        context, directory,
        .test(
          directory, ["echo"], ListSource(slices: []), sinkPart: { TreeSinkPart(title: "head\n") }))
      try run.addWorker()
      let end = try run.finish()
      #expect(end.outcome == .finished(rows: 0, bytes: 5))
      #expect(end.captured == bytes("head\n"))
    }
  }

  @Test func numbersAreCountedThoughNothingIsKept() throws {
    try withContext { context, directory in
      let slices = (0..<2000).map { PartitionSlice.range(from: $0 * 10, count: 10, payload: 1) }
      let run = try TestRun(
        context, directory, .test(directory, ["noop"], ListSource(slices: slices), target: .discard)
      )
      try run.addWorker()
      try run.addWorker()
      #expect(try run.finish().outcome == .finished(rows: 0, bytes: 0))
      #expect(run.snapshot.value.stored.partitions == 2000)
      #expect(run.snapshot.value.stored.rows == 20_000)
    }
  }

  @Test func whatADeadWorkerHeldIsDoneByOthers() throws {
    let gate = try StartGate()
    let held = Shared(false)
    // The first partition that any worker gets is not finished before the gate opens.
    let registry = OperatorRegistry("stuck") { partition, result in
      var isFirst = false
      held.update { held in
        isFirst = !held
        held = true
      }
      if isFirst { try gate.wait() }
      result.append(partition.copy)
      return PartitionCounts(rows: 1)
    }
    try withFile(20_000) { context, directory, file, content in
      defer { gate.open(nil) }
      let run = try TestRun(
        context, directory, .test(directory, ["stuck"], .cutting(file, into: 500)))
      let dead = NodeID(rawValue: 4)
      run.roles.supervisor.childStarted(dead, name: "worker-1")
      run.roles.supervisor.childStarted(NodeID(rawValue: 5), name: "worker-2")
      try run.addWorker(registry)
      #expect(held.waits { $0 })
      run.roles.supervisor.childExited(dead, ExitCause(status: .signal(9), lastLines: []))
      try run.addWorker(registry)
      #expect(run.snapshot.waits { $0.requeued > 0 })
      gate.open(nil)
      let end = try run.finish()
      #expect(end.captured == content)
      #expect(run.snapshot.value.deaths >= 1)
    }
  }

  @Test func anAttemptThatFailsIsMadeAgain() throws {
    let failures = Shared(0)
    let registry = OperatorRegistry("shaky") { partition, result in
      var fails = false
      failures.update { count in
        fails = count < 2
        count += 1
      }
      if fails { throw OperatorError(.operating, "no memory for now") }
      result.append(partition.copy)
      return PartitionCounts(rows: 1)
    }
    try withFile(3000) { context, directory, file, content in
      let run = try TestRun(
        context, directory, .test(directory, ["shaky"], .cutting(file, into: 1000)))
      try run.addWorker(registry)
      #expect(try run.finish().captured == content)
      #expect(run.snapshot.value.failedAttempts == 2)
    }
  }

  @Test func badDataFailsTheRunAndLeavesNoOutput() throws {
    let registry = OperatorRegistry("parse") { partition, result in
      if partition.offset == 2000 {
        throw OperatorError(.data, "not a number", recordOffset: 5, field: 3)
      }
      return PartitionCounts(rows: 1)
    }
    try withFile(5000) { context, directory, file, _ in
      let path = "\(directory.path)/out/result"
      let run = try TestRun(
        context, directory,
        .test(directory, ["parse"], .cutting(file, into: 1000), target: .file(path)))
      try run.addWorker(registry)
      #expect(
        try run.finish().outcome
          == .failed(Failure(.data, "not a number", file: 0, offset: 2005, field: 3)))
      #expect(try names(in: "\(directory.path)/out") == [])
    }
  }

  @Test func aSourceThatCannotBeReadOnFailsTheRun() throws {
    try withFile(5000) { context, directory, file, _ in
      let source = ListSource(
        files: [file], slices: [.file(index: 0, offset: 0, length: 1000)],
        error: SourceError(path: file.path, offset: 1000, message: "a quote is never closed"))
      let run = try TestRun(context, directory, .test(directory, ["echo"], source))
      try run.addWorker()
      let end = try run.finish()
      #expect(
        end.outcome == .failed(Failure(.data, "a quote is never closed", file: 0, offset: 1000)))
      #expect(end.captured.isEmpty)
    }
  }

  @Test(arguments: [true, false])
  func aFileThatChangesFailsTheRunWithItsName(byReference: Bool) throws {
    try withFile(5000) { context, directory, file, _ in
      try FileChange.rewritten.happen(to: file.path)
      let run = try TestRun(
        context, directory,
        .test(directory, ["echo"], .cutting(file, into: 1000), byReference: byReference))
      try run.addWorker()
      guard case .failed(let failure) = try run.finish().outcome else {
        Issue.record("the run did not fail")
        return
      }
      #expect(failure.message.contains(file.path))
      #expect(failure.message.contains("changed"))
    }
  }

  @Test func aSinkThatCannotMergeFailsTheRun() throws {
    let registry = OperatorRegistry("poison") { _, result in
      result.append(bytes("poison"))
      return PartitionCounts(rows: 1)
    }
    try withFile(3000) { context, directory, file, _ in
      let run = try TestRun(
        context, directory,
        .test(directory, ["poison"], .cutting(file, into: 1000), sinkPart: { TreeSinkPart() }))
      try run.addWorker(registry)
      #expect(try run.finish().outcome == .failed(Failure(.data, "a state cannot be read")))
    }
  }

  @Test(arguments: 0..<3 as Range<UInt64>)
  func whatNoWorkerWouldSendDoesNoHarm(seed: UInt64) throws {
    try withFile(20_000) { context, directory, file, content in
      let run = try TestRun(
        context, directory, .test(directory, ["echo"], .cutting(file, into: 500)))
      var results = try PushSocket(context)
      try results.connect(to: directory.endpoint("results"))
      let other = Packet.result(
        "of another run", index: 0, run: RunID(rawValue: 1), from: NodeIncarnation(4, 4))
      for message in hostileMessages(seed, valid: [other.frame, other.payload]) {
        try sendAll(message, on: &results)
      }
      try sendAll([other.frame, other.payload], on: &results)
      let lane = Packet.lane(["x"], from: NodeIncarnation(2, 2), to: NodeIncarnation(4, 4))
      try sendAll([lane.frame, lane.payload], on: &results)
      try run.addWorker()
      #expect(try run.finish().captured == content)
    }
  }

  @Test func aCancelledRunSaysWhyAndLeavesNothing() throws {
    try withFile(5000) { context, directory, file, _ in
      let path = "\(directory.path)/out/result"
      let run = try TestRun(
        context, directory,
        .test(directory, ["echo"], .cutting(file, into: 1000), target: .file(path)))
      run.roles.supervisor.cancel(Failure(.operating, "interrupted"))
      #expect(try run.finish().outcome == .failed(Failure(.operating, "interrupted")))
      #expect(try names(in: "\(directory.path)/out") == [])
    }
  }

  /// No roster will ever tell the others that the run is over.
  @Test func aSupervisorThatCannotGoOnEndsTheRunForAll() throws {
    try withFile(100) { context, directory, file, _ in
      let run = try TestRun(
        context, directory, .test(directory, ["echo"], .cutting(file, into: 10)))
      let stranger = NodeIncarnation(90, 9)
      let peer = try NodePeer(
        context, try SupervisorAddress(directory: directory),
        Beat(
          stranger, .ventilator, name: "stranger",
          // Others may write to this directory: no socket connects there.
          endpoints: Beat.Endpoints(orders: "ipc:///tmp/orders")))
      let waits = ContinuousClock.now + patience
      while run.outcome.value == nil, ContinuousClock.now < waits { try peer.sendBeatOrGiveUp() }
      guard case .failed(let failure) = try run.finish().outcome else {
        Issue.record("the run did not fail")
        return
      }
      #expect(failure.message.contains("the supervisor stopped"))
      #expect(failure.message.contains("/tmp"))
    }
  }

  @Test func anOutputThatCannotBeWrittenIsThrown() throws {
    try withFile(100) { context, directory, file, _ in
      let path = "\(file.path)/out"
      let error = runtimeError {
        _ = try TestRun(
          context, directory,
          .test(directory, ["echo"], .cutting(file, into: 10), target: .file(path)))
      }
      #expect(error?.message.contains(path) == true)
    }
  }

  @Test func aSourceThatCannotBeOpenedIsThrownAndLeavesNoOutput() throws {
    try withFile(100) { context, directory, file, _ in
      var request = RunRequest.test(
        directory, ["echo"], .cutting(file, into: 10), target: .file("\(directory.path)/out/x"))
      request.openSource = { throw SourceError(path: "data.csv", message: "cannot be opened") }
      let error = #expect(throws: SourceError.self) {
        _ = try TestRun(context, directory, request)
      }
      #expect(error?.path == "data.csv")
      let left = try names(in: "\(directory.path)/out")
      #expect(left == [])
    }
  }
}
