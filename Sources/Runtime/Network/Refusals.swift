package import Wire

/// What a process has refused since it started: connections, and messages of those whom it let in.
package struct Refusals: Sendable, Equatable {
  /// Connections of clients whose key is not listed.
  package var denied: UInt64 = 0
  /// Connections that did not come to stand for other reasons: peers that are not encrypted, that speak
  /// another protocol or say nothing.
  package var failedHandshakes: UInt64 = 0
  /// Messages whose sender is not, or no longer, listed.
  package var unlisted: UInt64 = 0
  /// Messages in another major version of the wire format.
  package var otherVersion: UInt64 = 0
  /// Messages that do not follow the wire format, or were damaged.
  package var malformed: UInt64 = 0
  /// Messages that are in order but cannot be of this run or of this sender.
  package var unacceptable: UInt64 = 0
  /// Beats that came before, or later than one that was sent after them.
  package var replayed: UInt64 = 0

  package init() {}

  /// Why a message was refused.
  package enum Reason: Sendable, Equatable {
    case failedHandshake
    case unlisted
    /// What the decoder says.
    case wire(WireError)
    /// The message has another number of frames than belongs on its channel.
    case frames(String)
    /// What it says cannot be, and why.
    case unacceptable(String)
    case replayed
  }

  /// Counts one.
  mutating func add(_ reason: Reason) {
    switch reason {
    case .failedHandshake: failedHandshakes += 1
    case .unlisted: unlisted += 1
    case .wire(let error) where error.code == .version: otherVersion += 1
    case .wire, .frames: malformed += 1
    case .unacceptable: unacceptable += 1
    case .replayed: replayed += 1
    }
  }

  /// Messages of all kinds.
  package var messages: UInt64 { unlisted + otherVersion + malformed + unacceptable + replayed }

  /// Those that came since.
  func since(_ earlier: Refusals) -> Refusals {
    var news = Refusals()
    for (count, _) in Self.kinds {
      news[keyPath: count] = self[keyPath: count] - earlier[keyPath: count]
    }
    return news
  }

  /// How many there are of each kind, in words; empty where there are none.
  package var words: String {
    Self.kinds.compactMap { count, words in
      self[keyPath: count] > 0 ? "\(self[keyPath: count]) \(words)" : nil
    }.joined(separator: ", ")
  }

  private static var kinds: [(WritableKeyPath<Refusals, UInt64>, String)] {
    [
      (\.denied, "connections with keys that are not on the list"),
      (\.failedHandshakes, "connections that did not say who they are"),
      (\.unlisted, "messages of peers that are not on the list any more"),
      (\.otherVersion, "messages in another wire version"),
      (\.malformed, "messages that were not understood"),
      (\.unacceptable, "messages that say what cannot be"),
      (\.replayed, "beats that came before"),
    ]
  }
}

extension Refusals.Reason {
  /// What is known beyond the count; `nil` where nothing is.
  var detail: String? {
    switch self {
    case .wire(let error): error.message
    case .frames(let words), .unacceptable(let words): words
    case .failedHandshake, .unlisted, .replayed: nil
    }
  }
}
