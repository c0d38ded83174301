import PipelineCore
import Synchronization

/// What one node's beats say; its engine keeps it up to date, the beat thread sends it.
final class BeatSource: Sendable {
  private let beat: Mutex<Beat>

  /// A source that has said nothing yet.
  init(_ beat: Beat) { self.beat = Mutex(beat) }

  /// The node that beats.
  var sender: NodeIncarnation { beat.withLock { $0.sender } }

  /// Changes what the next beat says.
  ///
  /// - Returns: whether the phase or the membership changed, which is worth a beat at once.
  func update(_ body: (inout Beat) -> Void) -> Bool {
    beat.withLock { beat in
      let before = beat
      body(&beat)
      return before.phase != beat.phase || before.joined != beat.joined
        || before.sender != beat.sender || before.evictions != beat.evictions
    }
  }

  /// The next beat.
  func next() -> Beat {
    beat.withLock { beat in
      beat.sequence += 1
      return beat
    }
  }
}
