import ZeroMQ

/// A thread that runs one engine to its end; its outcome can be waited for.
final class EngineThread: Sendable {
  private let thread: NativeThread

  /// Starts `body` on a thread of its own.
  ///
  /// - Throws: ``RuntimeError`` when the system has no thread left.
  init(name: String, _ body: @escaping @Sendable () -> Void) throws(RuntimeError) {
    do {
      thread = try NativeThread(name: name, body: body)
    } catch {
      throw RuntimeError(error.description)
    }
  }

  /// Starts an engine whose sockets belong to its thread, and waits until they are bound.
  ///
  /// - Parameters:
  ///   - make: makes the engine, on its thread.
  ///   - work: runs it to its end.
  ///   - failed: is told, on the thread, why it ended before.
  /// - Throws: what `make` throws, or ``RuntimeError`` when the system has no thread left.
  convenience init<Engine: ~Copyable>(
    name: String, making make: @escaping @Sendable () throws -> Engine,
    working work: @escaping @Sendable (inout Engine) throws -> Void,
    failed: @escaping @Sendable (any Error) -> Void
  ) throws {
    let started = try StartGate()
    try self.init(name: name) {
      do {
        var engine = try make()
        started.open(nil)
        do {
          try work(&engine)
        } catch {
          failed(error)
        }
      } catch {
        started.open(error)
      }
    }
    do {
      try started.wait()
    } catch {
      join()
      throw error
    }
  }

  /// Waits until the thread has ended. Call once.
  func join() { thread.join() }
}
