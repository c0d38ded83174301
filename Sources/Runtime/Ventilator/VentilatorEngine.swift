import Logging
import Operators
import PipelineCore
import Wire
import ZeroMQ

/// The ``Ventilator`` machine with its source and its sockets, on a thread of its own.
final class VentilatorEngine: Sendable {
  private let thread: EngineThread
  private let measured: MeasuredSpan

  /// What the engine is started with.
  struct Setup: Sendable {
    var run: RunID
    var identity: NodeIncarnation
    var specification: StageSpecification
    var configuration: VentilatorConfiguration
    /// Opens the source; called on the engine's thread.
    var openSource: @Sendable () throws -> any PartitionSource
    /// Whether workers read the source's files themselves.
    var byReference: Bool
    var storage: RunStorage
    var rosterEndpoint: Endpoint
    var orders: Endpoint
    var receipts: Endpoint
  }

  /// Binds the ventilator's sockets and starts it.
  ///
  /// - Throws: ``ZeroMQError`` when an address is in use, ``RuntimeError``, or what the source
  ///   throws when it is opened.
  init(
    _ setup: Setup, context: Context, source beats: BeatSource,
    beatNow: @escaping @Sendable () -> Void, log: Logger
  ) throws {
    let measured = MeasuredSpan()
    self.measured = measured
    thread = try EngineThread(
      name: "ventilator",
      making: {
        try VentilatorLoop(
          setup, context: context, beats: beats, beatNow: beatNow, measured: measured, log: log)
      },
      working: { loop in try loop.work() },
      failed: { error in
        let failure = Failure(.operating, "the ventilator stopped: \(error)")
        _ = beats.update { $0.phase = .failed(failure) }
        beatNow()
      })
  }

  /// Waits until the ventilator has left, which it does when the roster says that the run is over.
  func join() { thread.join() }

  /// Time from the first partition sent to the last receipt.
  var workingTime: Span { measured.length }
}
