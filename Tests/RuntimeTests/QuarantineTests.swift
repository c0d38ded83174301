import Operators
import PipelineCore
import Testing
import ZeroMQ

@testable import Runtime

/// Whole runs in which partitions are given up.
@Suite struct QuarantineTests {
  private static let content = pattern(5000)

  private func withFile(
    _ body: (Context, PrivateDirectory, SourceFile) throws -> Void
  ) throws {
    try withContext { context, directory in
      let path = "\(directory.path)/data"
      try write(Self.content, to: path)
      try body(context, directory, try inspect(path))
    }
  }

  /// Copies its input but for two partitions.
  private func picky(
    _ offsets: Set<Int64>, _ code: OperatorError.Code, _ attempts: Shared<Int>
  ) -> OperatorRegistry {
    OperatorRegistry("picky") { partition, result in
      if offsets.contains(partition.offset) {
        attempts.update { $0 += 1 }
        throw OperatorError(code, "cannot do \(partition.offset)")
      }
      result.append(partition.copy)
      return PartitionCounts(rows: 1)
    }
  }

  @Test(arguments: [true, false])
  func theRunGoesOnWithoutAPartitionWhoseBytesAreKept(byReference: Bool) throws {
    try withFile { context, directory, file in
      let book = StorageBook()
      let attempts = Shared(0)
      let run = try TestRun(
        context, directory,
        .test(
          directory, ["picky"], .cutting(file, into: 700),
          storage: book.storage(.process, in: "\(directory.path)/store"),
          byReference: byReference, onFailure: .quarantine))
      // One alone: what waits is never called back, and begun elsewhere when it had begun.
      try run.addWorker(picky([1400, 4900], .data, attempts))
      let end = try run.finish()
      #expect(end.captured == Array(Self.content[..<1400] + Self.content[2100..<4900]))
      #expect(end.outcome == .finished(rows: 0, bytes: UInt64(end.captured.count)))
      // Data that is bad is bad everywhere.
      #expect(attempts.value == 2)

      func kept(_ index: UInt32, _ range: Range<Int>) -> StorageBook.Kept {
        StorageBook.Kept(
          partition: Quarantined(
            partition: PartitionID(stage: 0, index: index), attempts: 1,
            failure: Failure(.data, "cannot do \(range.lowerBound)")),
          slice: .file(
            index: 0, offset: Int64(range.lowerBound), length: range.count,
            bytes: Array(Self.content[range])))
      }
      let expected = [kept(2, 1400..<2100), kept(7, 4900..<5000)]
      let told = book.quarantined.value.sorted {
        $0.partition.partition.index < $1.partition.partition.index
      }
      #expect(told == expected)
      #expect(run.snapshot.value.quarantined == 2)
      for entry in expected {
        #expect(run.events.value.count { $0 == .quarantined(entry.partition) } == 1)
      }
      #expect(book.stored.value[2] == nil)
    }
  }

  @Test func numbersAreKeptAsNumbers() throws {
    try withContext { context, directory in
      let book = StorageBook()
      let slices = (0..<20).map { PartitionSlice.range(from: $0 * 10, count: 10, payload: 2) }
      let run = try TestRun(
        context, directory,
        .test(
          directory, ["picky"], ListSource(slices: slices),
          storage: book.storage(.off, in: "\(directory.path)/early"), onFailure: .quarantine,
          attempts: 3))
      let attempts = Shared(0)
      try run.addWorker(picky([50], .operating, attempts))
      #expect(try run.finish().captured.count == 19 * 20)
      #expect(attempts.value == 3)
      #expect(book.quarantined.value.map(\.slice) == [.range(from: 50, count: 10, payload: 2)])
      #expect(book.quarantined.value.map(\.partition.attempts) == [3])
    }
  }

  @Test func theRunFailsAtItsEndAndNamesThePartition() throws {
    try withFile { context, directory, file in
      let book = StorageBook()
      let attempts = Shared(0)
      let results = "\(directory.path)/store"
      func request(_ book: StorageBook) -> RunRequest {
        .test(
          directory, ["picky"], .cutting(file, into: 500),
          storage: book.storage(.process, in: results), attempts: 2)
      }
      let run = try TestRun(context, directory, request(book))
      try run.addWorker(picky([1000], .operating, attempts))
      guard case .failed(let failure) = try run.finish().outcome else {
        Issue.record("the run did not fail")
        return
      }
      #expect(failure.message.contains("partition 2"))
      #expect(failure.message.contains("cannot do 1000"))
      #expect(attempts.value == 2)
      #expect(
        book.quarantined.value.map(\.slice)
          == [.file(index: 0, offset: 1000, length: 500, bytes: Array(Self.content[1000..<1500]))])
      // All the others are stored, and a worker that can do it finishes the run.
      #expect(book.stored.value.count == 9)
      let again = try TestRun(
        context, directory.session("again"), request(StorageBook()))
      try again.addWorker(picky([], .operating, attempts))
      #expect(try again.finish().captured == Self.content)
    }
  }

  @Test(arguments: [true, false])
  func aRunThatCannotKeepThemFails(byRuntime: Bool) throws {
    try withFile { context, directory, file in
      var storage = RunStorage.temporary(in: "\(directory.path)/early")
      let reason = "no space for quarantine"
      storage.quarantine = { _, _ in
        if byRuntime { throw RuntimeError(reason) }
        throw Failure(.operating, reason)
      }
      let run = try TestRun(
        context, directory,
        .test(
          directory, ["picky"], .cutting(file, into: 700), storage: storage,
          onFailure: .quarantine))
      try run.addWorker(picky([1400], .data, Shared(0)))
      guard case .failed(let failure) = try run.finish().outcome else {
        Issue.record("the run did not fail")
        return
      }
      #expect(failure.message.contains(reason))
    }
  }

  /// What cannot be read is kept without its bytes, and the run goes on.
  @Test func aFileThatIsGoneIsNoHindrance() throws {
    try withFile { context, directory, file in
      let book = StorageBook()
      let run = try TestRun(
        context, directory,
        .test(
          directory, ["gone"], .cutting(file, into: 5000),
          storage: book.storage(.off, in: "\(directory.path)/early"), byReference: false,
          onFailure: .quarantine))
      try run.addWorker(
        OperatorRegistry("gone") { _, _ in
          try FileChange.longer.happen(to: file.path)
          throw OperatorError(.data, "cannot do it")
        })
      #expect(try run.finish().outcome == .finished(rows: 0, bytes: 0))
      #expect(
        book.quarantined.value.map(\.slice) == [
          .file(index: 0, offset: 0, length: 5000, bytes: nil)
        ])
      #expect(run.snapshot.value.quarantined == 1)
    }
  }
}
