import Logging
import Operators
import PipelineCore
import Synchronization
import Wire
import ZeroMQ

/// The ``Sink`` machine with its store, its output and its sockets, on a thread of its own.
final class SinkEngine: Sendable {
  private let thread: EngineThread
  private let finishedOutput: FinishedOutput

  /// What the engine is started with.
  struct Setup: Sendable {
    var run: RunID
    var identity: NodeIncarnation
    var stage: UInt32
    /// Makes the sink part of the last operator; called on the engine's thread.
    var makeSinkPart: @Sendable () throws -> any SinkPart
    var target: OutputTarget
    /// Where results wait that came before their turn.
    var spoolDirectory: String
    var rosterEndpoint: Endpoint
    var results: Endpoint
  }

  /// Opens the output, binds the sink's socket and starts it.
  ///
  /// - Throws: ``RuntimeError`` when the output cannot be written, ``ZeroMQError`` when the address is
  ///   in use, or what the operator throws.
  init(
    _ setup: Setup, context: Context, source beats: BeatSource,
    beatNow: @escaping @Sendable () -> Void, log: Logger
  ) throws {
    let started = try StartGate()
    let captured = FinishedOutput()
    finishedOutput = captured
    thread = try EngineThread(name: "sink") {
      do {
        var loop = try SinkLoop(
          setup, context: context, beats: beats, beatNow: beatNow, log: log)
        started.open(nil)
        do {
          try loop.work()
          captured.set(loop.takeCaptured())
        } catch {
          let failure = Failure(.operating, "the sink stopped: \(error)")
          _ = beats.update { $0.phase = .failed(failure) }
          beatNow()
        }
      } catch {
        started.open(error)
      }
    }
    do {
      try started.wait()
    } catch {
      thread.join()
      throw error
    }
  }

  /// Waits until the sink has left, which it does when the roster says that the run is over.
  ///
  /// - Returns: the output, where it was captured.
  func join() -> [UInt8] {
    thread.join()
    return finishedOutput.value
  }
}

/// The captured output of a sink that has left.
private final class FinishedOutput: Sendable {
  private let bytes = Mutex<[UInt8]>([])

  var value: [UInt8] { bytes.withLock { $0 } }

  func set(_ value: [UInt8]) { bytes.withLock { $0 = value } }
}
