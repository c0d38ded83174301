import PipelineCore
import Testing
import ZeroMQ

@testable import Runtime

/// Runs of a cluster whose nodes are joined by TCP, encrypted or not.
@Suite(.serialized) struct ClusterRunTests {
  private static let first = RunID(rawValue: 0xa1)
  private static let second = RunID(rawValue: 0xa2)

  /// A run that copies the lines of a file.
  private func lines(
    _ directory: PrivateDirectory, storage: RunStorage? = nil
  ) throws -> RunRequest {
    let path = "\(directory.path)/lines-\(try names(in: directory.path).count)"
    try write(bytes(LineRun.lines), to: path)
    return LineRun.request(directory, try inspect(path), .joined, storage)
  }

  @Test(arguments: TestCluster.Protection.allCases)
  func runsGoOneAfterTheOtherWithTheSameProcesses(protection: TestCluster.Protection) throws {
    try withCluster(protection) { cluster, directory in
      // Whoever starts first waits for the others.
      let copying = try LineRun.Copying()
      try cluster.startWorker(copying.registry)
      try cluster.startSink()
      cluster.directory.add(Self.first, try lines(directory))
      cluster.directory.add(Self.second, try lines(directory))
      cluster.begin(Self.first)
      try cluster.startVentilator()
      try cluster.startWorker(copying.registry)
      for run in [Self.first, Self.second] {
        if run == Self.second { cluster.begin(run) }
        let end = cluster.end(of: run)
        #expect(end.outcome == .finished(rows: 1200, bytes: UInt64(LineRun.lines.utf8.count)))
        #expect(end.output.map(text) == LineRun.lines)
        #expect(cluster.stored.value[run]?.flatMap { Array($0) }.sorted() == Array(0..<120))
      }
      cluster.supervisor.idle(TestCluster.configuration)
      // All wait for the next run, on the roster.
      #expect(cluster.nodes.waits { $0.count == 5 && $0.allSatisfy { $0.beat.run == .none } })
      #expect(cluster.losses.allSatisfy { $0.cause == .left })
      #expect(cluster.connections.refusals.denied == 0 || protection == .curve)
    }
  }

  @Test func aPlanThatIsRejectedFailsItsRunAndNoOther() throws {
    try withCluster(.none) { cluster, directory in
      try cluster.startVentilator()
      try cluster.startSink()
      try cluster.startWorker(LineRun.Copying().registry)
      let failure = Failure(.configuration, "no such file")
      cluster.directory.add(Self.first, try lines(directory))
      cluster.directory.reject(Self.first, failure)
      cluster.directory.add(Self.second, try lines(directory))
      cluster.begin(Self.first)
      #expect(cluster.end(of: Self.first).outcome == .failed(failure))
      cluster.begin(Self.second)
      #expect(cluster.end(of: Self.second).output.map(text) == LineRun.lines)
    }
  }

  @Test func aDirectoryThatDoesNotAnswerIsAskedAgain() throws {
    try withCluster(.none) { cluster, directory in
      cluster.directory.add(Self.first, try lines(directory))
      cluster.directory.failures.update { $0 = 3 }
      cluster.begin(Self.first)
      try cluster.startVentilator()
      try cluster.startSink()
      try cluster.startWorker(LineRun.Copying().registry)
      #expect(cluster.end(of: Self.first).output.map(text) == LineRun.lines)
    }
  }

  @Test func aRunIsCancelledAndEverybodyWaitsForTheNext() throws {
    try withCluster(.none) { cluster, directory in
      let copying = try LineRun.Copying(held: 3)
      try cluster.startVentilator()
      try cluster.startSink()
      try cluster.startWorker(copying.registry)
      cluster.directory.add(Self.first, try lines(directory))
      cluster.directory.add(Self.second, try lines(directory))
      cluster.begin(Self.first)
      #expect(copying.computed.waits { $0.count >= 2 })
      let reason = Failure(.operating, "cancelled")
      // Of another run: not meant for this one.
      cluster.supervisor.cancel(reason, run: Self.second)
      cluster.supervisor.cancel(reason, run: Self.first)
      #expect(cluster.end(of: Self.first).outcome == .failed(reason))
      copying.gate.open(nil)
      cluster.begin(Self.second)
      #expect(cluster.end(of: Self.second).output.map(text) == LineRun.lines)
    }
  }

  @Test(arguments: [false, true])
  func filesThatAWorkerSeesAreReadByIt(isThere: Bool) throws {
    try withCluster(.none) { cluster, directory in
      var request = try lines(directory)
      if !isThere { request.specification.files[0].inode += 1 }
      // The description of the device is another host's.
      request.specification.files[0].device += 1
      cluster.directory.add(Self.first, request, byReference: .whenSeen)
      let copying = try LineRun.Copying(held: 60)
      try cluster.startVentilator()
      try cluster.startSink()
      try cluster.startWorker(copying.registry)
      cluster.begin(Self.first)
      if isThere {
        #expect(cluster.nodes.waits { $0.contains { $0.beat.seesFiles } })
      } else {
        #expect(copying.computed.waits { $0.count >= 10 })
        #expect(!cluster.nodes.value.contains { $0.beat.seesFiles })
      }
      copying.gate.open(nil)
      #expect(cluster.end(of: Self.first).output.map(text) == LineRun.lines)
    }
  }

  @Test func anOperatorThatDoesNotEndIsTold() throws {
    try withCluster(.none) { cluster, directory in
      let copying = try LineRun.Copying(held: 3)
      let stuck = Shared(0)
      try cluster.startVentilator()
      try cluster.startSink()
      try cluster.startWorker(copying.registry) {
        stuck.update { $0 += 1 }
        copying.gate.open(nil)
      }
      cluster.directory.add(Self.first, try lines(directory))
      cluster.directory.add(Self.second, try lines(directory))
      cluster.begin(Self.first)
      #expect(cluster.isAt(3))
      cluster.supervisor.cancel(Failure(.operating, "cancelled"))
      _ = cluster.end(of: Self.first)
      cluster.begin(Self.second)
      #expect(cluster.end(of: Self.second).output.map(text) == LineRun.lines)
      #expect(stuck.value == 1)
    }
  }
}
