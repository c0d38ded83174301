import Logging
import Operators
import PipelineCore
import Wire
import ZeroMQ

/// The ``Ventilator`` machine with its source and its sockets, on a thread of its own.
final class VentilatorEngine: Sendable {
  private let thread: EngineThread
  private let measured: MeasuredSpan

  /// What a ventilator is started with.
  struct Setup: Sendable {
    var run: RunID
    var identity: NodeIncarnation
    var specification: StageSpecification
    var configuration: VentilatorConfiguration
    /// Opens the source; called on the ventilator's thread.
    var openSource: @Sendable () throws -> any PartitionSource
    /// Whether workers read the source's files themselves.
    var byReference: ReferencePolicy
    /// Whether bytes of files travel compressed.
    var compresses = false
    var storage: RunStorage
    /// What the threads of a run on this host share while they take turns.
    var processor: SharedProcessor?
  }

  /// Binds the ventilator's sockets and starts it.
  ///
  /// - Throws: ``ZeroMQError`` when an address is in use, ``RuntimeError``, or what the source
  ///   throws when it is opened.
  init(_ setup: Setup, link: RoleLink) throws {
    let measured = MeasuredSpan()
    self.measured = measured
    thread = try EngineThread(
      name: "ventilator",
      making: {
        try VentilatorLoop(
          setup, feed: RosterFeed(link.connections, log: link.log), link: link, measured: measured)
      },
      working: { loop in try loop.work() },
      failed: { error in
        let failure = Failure(.operating, "the ventilator stopped: \(error)")
        _ = link.beats.update { $0.phase = .failed(failure) }
        link.beatNow()
      })
  }

  /// Waits until the ventilator has left, which it does when the roster says that the run is over.
  func join() { thread.join() }

  /// Time from the first partition sent to the last receipt.
  var workingTime: Span { measured.length }
}
