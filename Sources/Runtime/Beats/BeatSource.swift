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
  /// - Returns: whether something changed that others wait for, which is worth a beat at once: the
  ///   phase, the membership, evictions or what is in quarantine.
  func update(_ body: (inout Beat) -> Void) -> Bool {
    state.withLock { state in
      let before = state.beat
      body(&state.beat)
      let now = state.beat
      return before.phase != now.phase || before.joined != now.joined
        || before.sender != now.sender || before.evictions != now.evictions
        || before.quarantined != now.quarantined
    }
  }

  /// Goes on as another incarnation of a worker, which has not joined.
  func restart(meter: WorkerMeter, endpoints: Beat.Endpoints) {
    state.withLock { state in
      state.beat.sender = meter.identity
      state.beat.sequence = 0
      state.beat.joined = false
      state.beat.endpoints = endpoints
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
