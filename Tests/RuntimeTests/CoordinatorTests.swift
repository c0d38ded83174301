import Foundation
import Operators
import PipelineCore
import Testing
import ZeroMQ

@testable import Runtime

/// Runs whose workers are processes that never join.
@Suite struct CoordinatorTests {
  private func coordinator(
    _ directory: PrivateDirectory, executable: String = "/bin/sh", script: String = "",
    target: OutputTarget = .capture, storage: RunStorage? = nil, workers: Int = 2,
    onEvent: @escaping @Sendable (RunEvent) -> Void = { _ in }
  ) -> Coordinator {
    let slices = [PartitionSlice.range(from: 0, count: 10, payload: 0)]
    return Coordinator(
      .test(
        directory, ["noop"], ListSource(slices: slices), target: target, storage: storage,
        workers: workers),
      directory: directory,
      worker: Coordinator.WorkerCommand(executable: executable) { node, name in
        ["-c", script, name, "\(node)"]
      }, log: silentLog, onEvent: onEvent, onProgress: { _ in })
  }

  private func withPrivateDirectory(
    _ body: (PrivateDirectory) async throws -> Void
  ) async throws {
    let directory = try PrivateDirectory(temporary: "mr")
    defer { removeTree(directory.path) }
    try await body(directory)
  }

  private func message(of report: RunReport) -> String {
    if case .failed(let failure) = report.outcome { return failure.message }
    Issue.record("the run did not fail: \(report.outcome)")
    return ""
  }

  /// The processes that wrote their id into the directory and still run.
  private func survivors(in directory: String) throws -> [String] {
    try names(in: directory).filter { name in
      guard name.hasPrefix("process-"), let id = Int32(name.dropFirst(8)) else { return false }
      return kill(id, 0) == 0
    }
  }

  @Test func workersThatExitAtOnceEndTheRunWithTheirLastLine() async throws {
    try await withPrivateDirectory { directory in
      let output = "\(directory.path)/out/result"
      let script =
        "touch \(directory.path)/process-$$; "
        + "echo starting >&2; echo \"$0 cannot load libzmq.so\" >&2; exit 3"
      let report = try await coordinator(directory, script: script, target: .file(output)).run()
      let message = message(of: report)
      for name in ["worker-1", "worker-2"] {
        #expect(message.contains("\(name) exited with code 3"))
        #expect(message.contains("\(name) cannot load libzmq.so"))
      }
      #expect(report.events.count { if case .neverJoined = $0 { true } else { false } } == 2)
      // Two were started, both are gone, and nobody tried again.
      #expect(try names(in: directory.path).count { $0.hasPrefix("process-") } == 2)
      #expect(try survivors(in: directory.path) == [])
      #expect(try names(in: "\(directory.path)/out") == [])
      // Nobody listens at the addresses any more: they can be used again.
      let again = try await coordinator(directory, script: "exit 4").run()
      #expect(self.message(of: again).contains("worker-1 exited with code 4"))
    }
  }

  @Test func anExecutableThatDoesNotExistIsNamedAndNotTriedAgain() async throws {
    try await withPrivateDirectory { directory in
      let report = try await coordinator(
        directory, executable: "/no/such/millrace", workers: 3
      ).run()
      let message = message(of: report)
      #expect(message.contains("could not be started"))
      #expect(message.contains("/no/such/millrace"))
      #expect(report.events.count { if case .neverJoined = $0 { true } else { false } } == 3)
      #expect(report.workingSeconds == 0)
    }
  }

  /// A worker that ends before the next is started does not take the run with it.
  @Test func oneDeadWorkerIsNotAllOfThem() async throws {
    try await withPrivateDirectory { directory in
      let script = "touch \(directory.path)/process-$$; [ $0 = worker-1 ] && exit 3; exec sleep 60"
      let deaths = Shared(0)
      let coordinator = coordinator(directory, script: script) { event in
        if case .neverJoined = event { deaths.update { $0 += 1 } }
      }
      async let running = coordinator.run()
      #expect(await holds { deaths.value == 1 })
      coordinator.cancel(Failure(.operating, "interrupted"))
      let report = try await running
      #expect(report.outcome == .failed(Failure(.operating, "interrupted")))
      #expect(try survivors(in: directory.path) == [])
    }
  }

  @Test func childrenThatWillNotLeaveAreKilled() async throws {
    try await withPrivateDirectory { directory in
      let script = "trap '' TERM; touch \(directory.path)/process-$$; exec sleep 60"
      let coordinator = coordinator(directory, script: script)
      async let running = coordinator.run()
      #expect(try await holds { try survivors(in: directory.path).count == 2 })
      coordinator.cancel(Failure(.operating, "interrupted"))
      coordinator.cancel(Failure(.operating, "and again"))
      let report = try await running
      #expect(report.outcome == .failed(Failure(.operating, "interrupted")))
      #expect(try survivors(in: directory.path) == [])
    }
  }

  @Test func aRunCancelledBeforehandEnds() async throws {
    try await withPrivateDirectory { directory in
      let coordinator = coordinator(directory, script: "exec sleep 60")
      coordinator.cancel(Failure(.operating, "interrupted"))
      let report = try await coordinator.run()
      #expect(report.outcome == .failed(Failure(.operating, "interrupted")))
    }
  }

  /// No beat of the sink has come by then.
  @Test func whatWasStoredBeforeCountsThoughTheRunIsCancelledBeforehand() async throws {
    try await withPrivateDirectory { directory in
      let results = "\(directory.path)/store"
      do {
        let keeper = try ResultKeeper(
          StorageBook().storage(.process, in: results), run: .test, stage: 0)
        try keeper.recover { _ in }
        _ = try withResults([(0, "stored")]) { try keeper.keep($0) }
      }
      let coordinator = coordinator(
        directory, script: "exec sleep 60", storage: StorageBook().storage(.process, in: results))
      coordinator.cancel(Failure(.operating, "interrupted"))
      let report = try await coordinator.run()
      #expect(report.outcome == .failed(Failure(.operating, "interrupted")))
      #expect(report.recovered.partitions == 1)
      #expect(report.snapshot.stored.partitions == 1)
    }
  }

  @Test func whatCannotStartIsThrown() async throws {
    try await withPrivateDirectory { directory in
      let error = await #expect(throws: RuntimeError.self) {
        _ = try await coordinator(directory, target: .file(directory.path)).run()
      }
      #expect(error?.message.contains("directory") == true)
    }
  }
}
