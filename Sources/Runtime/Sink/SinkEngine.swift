import Logging
import Operators
import PipelineCore
import Synchronization
import Wire
import ZeroMQ

/// The ``Sink`` machine with its store, its output and its sockets, on a thread of its own.
final class SinkEngine: Sendable {
  private let thread: EngineThread
  private let ending: EndingBox

  /// What a sink leaves behind.
  struct Ending: Sendable {
    /// Rows and bytes of the output, once it stands complete at its place.
    var written: (rows: UInt64, bytes: UInt64)?
    /// The output, where it was captured and is complete.
    var captured: [UInt8] = []
    /// What earlier sessions had stored.
    var recovered = Beat.Progress()
  }

  /// What the engine is started with.
  struct Setup: Sendable {
    var run: RunID
    var identity: NodeIncarnation
    var stage: UInt32
    /// No result of a partition beyond so many is taken.
    var maximumPartitions: UInt32
    /// Makes the sink part of the last operator; called on the engine's thread.
    var makeSinkPart: @Sendable () throws -> any SinkPart
    var target: OutputTarget
    var storage: RunStorage
    /// What the threads of a run on this host share while they take turns.
    var processor: SharedProcessor?
    /// Takes the captured output before anybody hears that the run has finished, on the sink's thread;
    /// empty where none is captured. Called again after a while when it throws.
    var handOver: (@Sendable (_ captured: [UInt8]) throws -> Void)?
  }

  /// Opens the output, binds the sink's socket and starts it.
  ///
  /// - Throws: ``RuntimeError`` when the output cannot be written, ``StoreError`` when stored results
  ///   cannot be read, ``ZeroMQError`` when the address is in use, or what the operator throws.
  init(_ setup: Setup, link: RoleLink) throws {
    let ending = EndingBox()
    self.ending = ending
    thread = try EngineThread(
      name: "sink",
      making: {
        try SinkLoop(setup, feed: RosterFeed(link.connections, log: link.log), link: link)
      },
      working: { loop in
        try loop.work()
        ending.set(loop.ending)
      },
      failed: { error in
        let failure = Failure(.operating, "the sink stopped: \(error)")
        _ = link.beats.update { $0.phase = .failed(failure) }
        link.beatNow()
      })
  }

  /// Waits until the sink has left, which it does when the roster says that the run is over.
  func join() -> Ending {
    thread.join()
    return ending.value
  }
}

/// Where a sink that has left puts its ending.
private final class EndingBox: Sendable {
  private let ending = Mutex(SinkEngine.Ending())

  var value: SinkEngine.Ending { ending.withLock { $0 } }

  func set(_ value: SinkEngine.Ending) { ending.withLock { $0 = value } }
}
