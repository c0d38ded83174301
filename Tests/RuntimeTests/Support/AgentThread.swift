import Testing

@testable import Runtime

/// An agent on a thread of its own, as if in a process of its own.
final class AgentThread: Sendable {
  /// How its life ended.
  let end = Shared<Result<Void, any Error>?>(nil)
  private let thread: EngineThread
  private let tellToStop: @Sendable () -> Void
  private let isJoined = Shared(false)

  init(
    _ run: @escaping @Sendable () throws -> Void, stop: @escaping @Sendable () -> Void
  ) throws {
    let end = end
    tellToStop = stop
    thread = try EngineThread(name: "agent") {
      let result = Result { try run() }
      end.update { $0 = result }
    }
  }

  /// Has the agent end and waits until it has.
  func stop() {
    tellToStop()
    join()
  }

  /// Has the agent end.
  func signal() { tellToStop() }

  /// Waits until the agent has ended by itself or because it was told to.
  func join() {
    guard end.waits(until: { $0 != nil }) else {
      Issue.record("an agent does not end")
      return
    }
    isJoined.update { isJoined in
      if !isJoined { thread.join() }
      isJoined = true
    }
    do { try end.value?.get() } catch { Issue.record(error) }
  }
}
