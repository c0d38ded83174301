import Foundation
import Testing

@testable import Runtime

#if os(Linux)
@Suite(.enabled(if: (ProcessorMask(of: 0)?.count ?? 0) > 1))
struct SharedProcessorTests {
  /// Processors of each thread of a process.
  private func masks(of process: pid_t) throws -> [ProcessorMask] {
    let names = try names(in: "/proc/\(process)/task")
    return names.compactMap { ProcessorMask(of: CInt($0) ?? -1) }
  }

  /// Starts processes that do nothing, with all processors, and ends them.
  private func withChildren(_ count: Int, _ body: ([pid_t]) throws -> Void) throws {
    let children = try (0..<count).map { _ in
      try Process.run(URL(fileURLWithPath: "/bin/sleep"), arguments: ["60"])
    }
    defer {
      for child in children {
        kill(child.processIdentifier, SIGKILL)
        child.waitUntilExit()
      }
    }
    try body(children.map(\.processIdentifier))
  }

  /// Does something on a thread of its own, whose processors nobody else changes.
  private func onThread(_ body: @escaping @Sendable () throws -> Void) throws {
    let failure = Shared<(any Error)?>(nil)
    let thread = try EngineThread(name: "test") {
      do { try body() } catch { failure.update { $0 = error } }
    }
    thread.join()
    if let error = failure.value { throw error }
  }

  @Test func whoTakesPartSharesOneProcessorUntilItIsReleased() throws {
    try withChildren(1) { children in
      let child = children[0]
      try onThread {
        let all = try #require(ProcessorMask(of: 0))
        let processor = SharedProcessor { [child] }
        processor.takePart()
        processor.share()
        let one = try #require(ProcessorMask(of: 0))
        #expect(one.count == 1)
        #expect(try masks(of: child) == [one])
        // Whoever is started meanwhile inherits it, and is released as well.
        let isOver = Shared(false)
        let number = Shared<CInt>(0)
        let started = try EngineThread(name: "started") {
          number.update { $0 = SharedProcessor.currentThread }
          _ = isOver.waits(until: { $0 })
        }
        #expect(number.waits { $0 != 0 })
        #expect(ProcessorMask(of: number.value) == one)
        processor.share()
        processor.release()
        #expect(ProcessorMask(of: 0) == all)
        #expect(ProcessorMask(of: number.value) == all)
        #expect(try masks(of: child) == [all])
        isOver.update { $0 = true }
        started.join()
        processor.release()
        #expect(ProcessorMask(of: 0) == all)
      }
    }
  }

  /// The processors that the system lets a process have, one by one.
  private func each(of process: pid_t) -> [ProcessorMask] {
    (0..<1024).compactMap { ProcessorMask(only: $0) }.filter {
      $0.apply(to: process)
      return ProcessorMask(of: process) == $0
    }
  }

  @Test func whoHasProcessorsOfItsOwnOrIsGoneIsLeftAlone() throws {
    try withChildren(3) { children in
      let (worker, child, gone) = (children[0], children[1], children[2])
      try onThread {
        let all = try #require(ProcessorMask(of: 0))
        let processors = each(of: child)
        let (first, last) = (try #require(processors.first), try #require(processors.last))
        #expect(try masks(of: child) == [last])
        let processor = SharedProcessor { [worker, child, .max] }
        // Where this thread runs.
        first.apply(to: 0)
        processor.share()
        #expect(try masks(of: worker) == [first])
        #expect(try masks(of: child) == [last])
        #expect(try masks(of: gone) == [all])
        processor.release()
        #expect(try masks(of: worker) == [all])
        #expect(try masks(of: child) == [last])
      }
    }
  }
}
#endif
