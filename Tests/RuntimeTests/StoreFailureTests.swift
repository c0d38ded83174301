import Foundation
import PipelineCore
import ResultStore
import Testing
import ZeroMQ

@testable import Runtime

/// Whole runs whose store is full, broken, damaged or another's.
@Suite struct StoreFailureTests {
  @Test(arguments: [RunStorage.Durability.machine, .process, .off])
  func aDiskThatIsFullFailsTheRunInWords(durability: RunStorage.Durability) throws {
    try LineRun.withInput { context, directory, file in
      let disk = try FaultyDisk("\(directory.path)/store", room: 5)
      let book = StorageBook()
      let output = "\(directory.path)/out/result"
      let copying = try LineRun.Copying(held: 3)
      defer { copying.gate.open(nil) }
      let run = try TestRun(
        context, directory,
        LineRun.request(
          directory, file, .joined, book.storage(durability, in: "results", on: disk),
          target: .file(output)))
      for _ in 0..<2 { try run.addWorker(copying.registry) }
      #expect(
        try run.finish().outcome
          == .failed(Failure(.operating, FaultyDisk.full.description)))
      #expect(try names(in: "\(directory.path)/out") == [])
      #expect(book.stored.value.count < LineRun.count)
    }
  }

  @Test func aFlushThatFailsFailsTheRunAndWhatWasFlushedIsTakenUp() throws {
    try LineRun.withInput { context, directory, file in
      let results = "\(directory.path)/store"
      let disk = try FaultyDisk(results, flushes: 1)
      let before = StorageBook()
      let run = try TestRun(
        context, directory,
        LineRun.request(directory, file, .joined, before.storage(.machine, in: results, on: disk)))
      try run.addWorker(try LineRun.Copying().registry)
      #expect(
        try run.finish().outcome
          == .failed(Failure(.operating, FaultyDisk.broken.description)))
      #expect(disk.begun.value == 2)

      let after = StorageBook()
      let again = try TestRun(
        context, directory.session("again"),
        LineRun.request(directory, file, .joined, after.storage(.machine, in: results)))
      try again.addWorker(try LineRun.Copying().registry)
      #expect(try again.finish().captured == bytes(LineRun.lines))
      #expect(before.stored.value.allSatisfy { after.recovered.value[$0.key] == $0.value })
    }
  }

  @Test func aStoreOfAnotherRunIsThrown() throws {
    try LineRun.withInput { context, directory, file in
      let results = "\(directory.path)/store"
      let other = try ResultKeeper(
        StorageBook().storage(.process, in: results), run: RunID(rawValue: 1), stage: 0)
      try other.recover { _ in }
      _ = try withResults([(0, "a")]) { try other.keep($0) }
      let output = "\(directory.path)/out/result"
      let error = #expect(throws: StoreError.self) {
        _ = try TestRun(
          context, directory,
          LineRun.request(
            directory, file, .joined, StorageBook().storage(.process, in: results),
            target: .file(output)))
      }
      #expect(error?.code == .foreign)
      #expect(try names(in: "\(directory.path)/out") == [])
    }
  }

  @Test func whatIsDamagedIsComputedAgain() throws {
    try LineRun.withInput { context, directory, file in
      let results = "\(directory.path)/store"
      try LineRun.interrupt(
        directory,
        LineRun.request(directory, file, .joined, StorageBook().storage(.process, in: results))
      ) { .max }
      let path = "\(results)/000001.segment"
      var content = try contents(of: path)
      let place = try #require(Data(content).range(of: Data("line 1010\n".utf8)))
      content[place.lowerBound] ^= 1
      try write(content, to: path)

      let book = StorageBook()
      let copying = try LineRun.Copying()
      let run = try TestRun(
        context, directory,
        LineRun.request(directory, file, .joined, book.storage(.process, in: results)))
      try run.addWorker(copying.registry)
      #expect(try run.finish().captured == bytes(LineRun.lines))
      #expect(copying.computed.value[1] == 1)
      #expect(book.recovered.value[1] == nil)
      let told = try #require(book.recoveries.value.first)
      #expect(told.contains { $0.contains("000001.segment") && $0.contains("done again") })
    }
  }
}
