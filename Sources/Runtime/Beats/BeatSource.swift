import PipelineCore
import Synchronization

/// What one node's beats say; its engine keeps it up to date, the beat thread sends it.
final class BeatSource: Sendable {
  private struct State {
    var beat: Beat
    var meter: WorkerMeter?
  }

  private let state: Mutex<State>

  /// A source that has said nothing yet.
  ///
  /// - Parameter meter: where the progress of a worker and what it has under way are read when a
  ///   beat is sent; `nil` for other roles, whose engines set their progress by ``update(_:)``.
  init(_ beat: Beat, meter: WorkerMeter? = nil) {
    state = Mutex(State(beat: beat, meter: meter))
  }

  /// The node that beats.
  var sender: NodeIncarnation { state.withLock { $0.beat.sender } }

  /// Changes what the next beat says.
  ///
  /// - Returns: whether something changed that others wait for, which is worth a beat at once: all but
  ///   the progress.
  func update(_ body: (inout Beat) -> Void) -> Bool {
    state.withLock { state in
      var before = state.beat
      body(&state.beat)
      before.progress = state.beat.progress
      before.underWay = state.beat.underWay
      return before != state.beat
    }
  }

  /// Goes on as another incarnation of the node, which has joined nothing and done nothing.
  ///
  /// - Parameters:
  ///   - run: the run that it takes part in.
  ///   - endpoints: where it binds so far.
  ///   - meter: as in ``init(_:meter:)``.
  func restart(
    as sender: NodeIncarnation, run: RunID, endpoints: Beat.Endpoints = Beat.Endpoints(),
    meter: WorkerMeter? = nil
  ) {
    state.withLock { state in
      let beat = state.beat
      state.beat = Beat(
        sender: sender, roles: beat.roles, name: beat.name, host: beat.host,
        processID: beat.processID, sequence: 0, interval: beat.interval, joined: false,
        endpoints: endpoints, progress: Beat.Progress(), phase: .working, run: run)
      state.beat.isDraining = beat.isDraining
      state.meter = meter
    }
  }

  /// The next beat, which tells of `now`.
  func next(at now: Instant) -> Beat {
    state.withLock { state in
      state.beat.sequence += 1
      if let meter = state.meter {
        state.beat.progress = meter.progress
        state.beat.underWay = meter.underWay(at: now)
      }
      return state.beat
    }
  }
}
