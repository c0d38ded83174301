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

  /// Waits until the thread has ended. Call once.
  func join() { thread.join() }
}
