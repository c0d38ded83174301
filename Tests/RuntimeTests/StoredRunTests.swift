import PipelineCore
import Testing
import ZeroMQ

@testable import Runtime

/// Whole runs that end in the middle and are taken up again.
@Suite struct StoredRunTests {
  @Test(arguments: [RunStorage.Durability.machine, .process], LineRun.Merging.allCases)
  func whatIsStoredIsNotComputedAgainAndTheBytesAreTheSame(
    durability: RunStorage.Durability, merging: LineRun.Merging
  ) throws {
    try LineRun.withInput { context, directory, file in
      let expected = try LineRun.reference(context, directory, file, merging)
      let results = "\(directory.path)/store"
      let before = StorageBook()
      try LineRun.interrupt(
        directory,
        LineRun.request(directory, file, merging, before.storage(durability, in: results))
      ) { before.stored.value.count }

      let after = StorageBook()
      let copying = try LineRun.Copying()
      let run = try TestRun(
        context, directory,
        LineRun.request(directory, file, merging, after.storage(durability, in: results)))
      try run.addWorker(copying.registry)
      let end = try run.finish()
      #expect(end.captured == expected)
      let (stored, recovered) = (before.stored.value, after.recovered.value)
      // What was told as stored is there, with the digest that was told.
      #expect(stored.allSatisfy { recovered[$0.key] == $0.value })
      #expect(recovered[3] == nil)
      #expect(run.recovered.partitions == UInt64(recovered.count))
      #expect(run.recovered.rows == UInt64(recovered.count) * 10)
      #expect(after.recoveries.value.count == 1)
      // All the others were computed, and those alone.
      let computed = copying.computed.value
      #expect(Set(computed.keys) == Set(0..<UInt32(LineRun.count)).subtracting(recovered.keys))
      #expect(computed.values.allSatisfy { $0 == 1 })
      #expect(Set(after.stored.value.keys) == Set(computed.keys))
      #expect(after.stored.value.values.allSatisfy { $0.count == 1 })
      #expect(run.snapshot.value.stored.partitions == UInt64(LineRun.count))
      #expect(run.snapshot.value.total == UInt32(LineRun.count))
    }
  }

  @Test func aRunOfWhichAllIsStoredIsFinishedWithoutComputing() throws {
    try LineRun.withInput { context, directory, file in
      let results = "\(directory.path)/store"
      let copying = try LineRun.Copying()
      let first = try TestRun(
        context, directory,
        LineRun.request(directory, file, .tree, StorageBook().storage(.process, in: results)))
      try first.addWorker(copying.registry)
      let expected = try first.finish()

      let output = "\(directory.path)/out"
      let again = try TestRun(
        context, directory.session("again"),
        LineRun.request(
          directory, file, .tree, StorageBook().storage(.process, in: results),
          target: .file(output)))
      let idle = try LineRun.Copying()
      try again.addWorker(idle.registry)
      let end = try again.finish()
      #expect(idle.computed.value == [:])
      #expect(end.outcome == expected.outcome)
      #expect(try contents(of: output) == expected.captured)
      #expect(again.recovered.partitions == UInt64(LineRun.count))
    }
  }

  @Test func whereNothingIsDurableAllIsComputedAgain() throws {
    try LineRun.withInput { context, directory, file in
      let book = StorageBook()
      let early = "\(directory.path)/early"
      let storage = book.storage(.off, in: early)
      try LineRun.interrupt(directory, LineRun.request(directory, file, .joined, storage)) { .max }
      // The session before was killed, so to speak: what waited in its turn is still there.
      let left = try names(in: early)
      #expect(!left.isEmpty)

      let copying = try LineRun.Copying()
      let run = try TestRun(context, directory, LineRun.request(directory, file, .joined, storage))
      try run.addWorker(copying.registry)
      #expect(try run.finish().captured == bytes(LineRun.lines))
      #expect(copying.computed.value.count == LineRun.count)
      #expect(run.recovered == Beat.Progress())
      #expect(book.stored.value == [:])
      #expect(try names(in: early) == [])
    }
  }

  /// To take up what was stored may take minutes. A supervisor that was there meanwhile would lose its
  /// patience with workers that are started afterwards.
  @Test func theSupervisorStartsWhenWhatWasStoredIsTakenUp() throws {
    try LineRun.withInput { context, directory, file in
      let results = "\(directory.path)/store"
      try LineRun.interrupt(
        directory,
        LineRun.request(directory, file, .joined, StorageBook().storage(.process, in: results))
      ) { .max }
      let fresh = try directory.session("again")
      let present = Shared<[[String]]>([])
      var storage = StorageBook().storage(.process, in: results)
      storage.recovered = { _ in
        do {
          let now = try names(in: fresh.path)
          present.update { $0.append(now) }
        } catch {
          Issue.record(error)
        }
      }
      let run = try TestRun(context, fresh, LineRun.request(fresh, file, .joined, storage))
      #expect(present.value == [[]])
      #expect(try names(in: fresh.path).contains("supervisor.beats"))
      try run.addWorker(try LineRun.Copying().registry)
      #expect(try run.finish().captured == bytes(LineRun.lines))
    }
  }

  @Test func aRunThatDiscardsItsResultsIsTakenUpToo() throws {
    try LineRun.withInput { context, directory, file in
      let results = "\(directory.path)/store"
      let book = StorageBook()
      try LineRun.interrupt(
        directory,
        LineRun.request(
          directory, file, .joined, book.storage(.process, in: results), target: .discard)
      ) { book.stored.value.count }
      let copying = try LineRun.Copying()
      let run = try TestRun(
        context, directory,
        LineRun.request(
          directory, file, .joined, StorageBook().storage(.process, in: results),
          target: .discard))
      try run.addWorker(copying.registry)
      #expect(try run.finish().outcome == .finished(rows: 1200, bytes: 0))
      #expect(Set(copying.computed.value.keys).isDisjoint(with: book.stored.value.keys))
    }
  }
}
