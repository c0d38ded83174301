import Operators
import PipelineCore
import Testing
import ZeroMQ

@testable import Runtime

@Suite struct StragglerTests {
  /// One worker is in the middle of a partition and does not come out of it. Another is given what it
  /// holds, the run finishes, and the first one leaves without an end of its partition.
  @Test func aRunDoesNotWaitForAWorkerThatIsLate() throws {
    try withContext { context, directory in
      let content = pattern(30_000)
      let path = "\(directory.path)/data"
      try write(content, to: path)
      let gate = try StartGate()
      let computing = Shared<[Int64: Int]>([:])
      let late: Int64 = 29_500
      // The first who gets that partition is held until the test is over.
      let registry = OperatorRegistry("late") { partition, result in
        var before = 0
        computing.update { computing in
          before = computing[partition.offset, default: 0]
          computing[partition.offset] = before + 1
        }
        if partition.offset == late, before == 0 { try gate.wait() }
        result.append(partition.copy)
        return PartitionCounts(rows: 1)
      }
      defer { gate.open(nil) }
      let run = try TestRun(
        context, directory,
        .test(
          directory, ["late"], .cutting(try inspect(path), into: 500), packPartitions: 1))
      for _ in 0..<2 { try run.addWorker(registry) }
      // All workers are waited for, while the gate is shut.
      let end = try run.finish()
      #expect(end.captured == content)
      #expect(end.outcome == .finished(rows: 0, bytes: 30_000))
      #expect(computing.value[late] == 2)
      #expect(run.snapshot.value.deaths == 0)
    }
  }
}
