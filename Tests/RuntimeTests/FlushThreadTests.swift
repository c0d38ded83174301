import PipelineCore
import ResultStore
import Testing
import ZeroMQ

@testable import Runtime

@Suite struct FlushThreadTests {
  /// Outcomes until one fits.
  private func outcomes(
    of thread: FlushThread, until fits: (FlushThread.Outcome) -> Bool
  ) throws -> [FlushThread.Outcome] {
    var all: [FlushThread.Outcome] = []
    var poller = Poller()
    let slot = try poller.add(fileDescriptor: thread.descriptor, for: .readable)
    defer { poller.remove(slot) }
    while !all.contains(where: fits) {
      guard try poller.poll(timeout: patience) == 1 else { break }
      all += thread.takeOutcomes()
    }
    return all
  }

  private func tokens(_ outcomes: [FlushThread.Outcome]) -> [UInt64] {
    outcomes.compactMap { if case .flushed(let token) = $0 { token } else { nil } }
  }

  private func make(_ names: [String], on disk: FaultyDisk) throws {
    for name in names { try [1].withUnsafeBytes { try disk.append([$0], to: name) } }
  }

  @Test func whatWaitsMeanwhileSharesOneFlush() throws {
    try withDirectory { directory in
      let gate = try StartGate()
      let disk = try FaultyDisk(directory, gate: gate)
      try make(["a", "b"], on: disk)
      let thread = try FlushThread(disk: disk)
      thread.flush(["a"], token: 1)
      #expect(disk.begun.waits { $0 == 1 })
      #expect(thread.takeOutcomes().isEmpty)
      for token in 2..<100 as Range<UInt64> {
        thread.flush(token < 50 ? ["a"] : ["b"], token: token)
      }
      gate.open(nil)
      let all = try outcomes(of: thread) {
        if case .flushed(token: 99) = $0 { true } else { false }
      }
      #expect(tokens(all) == [1, 99])
      #expect(disk.flushed.value == ["a", "a", "b"])
    }
  }

  @Test func nothingIsFlushedAfterAFailure() throws {
    try withDirectory { directory in
      let disk = try FaultyDisk(directory, flushes: 0)
      try make(["a"], on: disk)
      let thread = try FlushThread(disk: disk)
      thread.flush(["a"], token: 1)
      let all = try outcomes(of: thread) { if case .failed = $0 { true } else { false } }
      guard all.count == 1, case .failed(let error) = all[0],
        error as? StoreError == FaultyDisk.broken
      else {
        Issue.record("\(all)")
        return
      }
      // The disk would take these; but what the system dropped would seem to be flushed too.
      disk.flushesLeft.update { $0 = .max }
      thread.flush(["a"], token: 2)
      var poller = Poller()
      let slot = try poller.add(fileDescriptor: thread.descriptor, for: .readable)
      defer { poller.remove(slot) }
      #expect(try poller.poll(timeout: .milliseconds(100)) == 0)
      #expect(disk.begun.value == 1)
    }
  }

  @Test func noResultIsDurableBeforeItsRunIs() throws {
    struct NotYet: Error {}
    try withDirectory { directory in
      let disk = try FaultyDisk(directory)
      try make(["a"], on: disk)
      let asked = Shared(0)
      let thread = try FlushThread(disk: disk) {
        asked.update { $0 += 1 }
        throw NotYet()
      }
      thread.flush(["a"], token: 1)
      let all = try outcomes(of: thread) { if case .failed = $0 { true } else { false } }
      #expect(tokens(all) == [] && asked.value == 1)
    }
  }

  @Test func aThreadThatIsDroppedEndsAfterItsFlush() throws {
    try withDirectory { directory in
      let gate = try StartGate()
      let disk = try FaultyDisk(directory, gate: gate)
      try make(["a"], on: disk)
      var thread: FlushThread? = try FlushThread(disk: disk)
      thread?.flush(["a"], token: 1)
      #expect(disk.begun.waits { $0 == 1 })
      let opener = try EngineThread(name: "opener") { gate.open(nil) }
      thread = nil
      opener.join()
      #expect(disk.flushed.value == ["a"])
    }
  }
}
