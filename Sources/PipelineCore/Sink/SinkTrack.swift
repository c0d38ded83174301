import DequeModule

/// Which sink's word counts.
///
/// That is the sink which the latest roster lists, and no other. The word of another one is kept
/// until a roster lists that: a sink that was stopped and replaced may wake up and give its own.
struct SinkTrack: Sendable {
  /// The sink that is followed.
  private(set) var current: NodeIncarnation?
  /// Whether it has said what is stored.
  var hasWord = false
  private var waiting: Deque<(sink: NodeIncarnation, word: PartitionBitmap)> = []

  /// At most this many words of sinks that no roster lists yet are kept, the latest.
  static let maximumWaiting = 4

  /// Makes the sink the current one and gives its word, if that came already.
  mutating func follow(_ sink: NodeIncarnation) -> PartitionBitmap? {
    current = sink
    hasWord = false
    guard let place = waiting.firstIndex(where: { $0.sink == sink }) else { return nil }
    return waiting.remove(at: place).word
  }

  /// Keeps the word of a sink that is not followed yet.
  mutating func keep(_ word: PartitionBitmap, of sink: NodeIncarnation) {
    if let place = waiting.firstIndex(where: { $0.sink == sink }) {
      waiting[place].word.formUnion(word)
      return
    }
    waiting.append((sink, word))
    if waiting.count > Self.maximumWaiting { waiting.removeFirst() }
  }

  /// Adds a receipt to the word of a sink that is not followed yet, if that was kept.
  mutating func keep(_ index: UInt32, of sink: NodeIncarnation) {
    guard let place = waiting.firstIndex(where: { $0.sink == sink }) else { return }
    waiting[place].word.insert(index)
  }

  func checkInvariants() {
    precondition(waiting.count <= Self.maximumWaiting, "too many words are kept")
    precondition(current != nil || !hasWord, "there is a word of no sink")
  }
}
