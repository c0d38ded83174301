/// What stood between the values of the records so far: records of one file nearly always have the
/// same keys in the same order with the same spaces, so that most of a record need only be compared.
///
/// A *piece* is all bytes from the end of one value to the start of the next: a comma, a key, a
/// colon, and spaces. Before a record's first value it has the opening brace, and behind the last one
/// it has the closing brace and the newline. Pieces were read by ``JSONScanner`` once; where the same
/// bytes stand at such a place again, they mean the same again.
///
/// There are two lists, one of the pieces that begin a record and one of the others, in about the
/// order of the records. Behind each piece the one that came last time is expected, and the next ones
/// of the list are looked at where it is another.
struct JSONShape: ~Copyable {
  /// The most bytes of a piece that is kept.
  static let longest = 128

  /// Pieces there is room for; when there are more, all are forgotten.
  private static let most = 512
  /// Pieces of a list that are looked at.
  private static let mostTried = 8
  private static let wordsOfPiece = longest / 8

  /// Comes before the first piece of every record, and heads the list of those.
  let head: JSONPiece.Reference
  /// Heads the list of the other pieces.
  private let others: JSONPiece.Reference
  /// A piece that is not kept: it is too long, or will not come again.
  private let passing: JSONPiece.Reference
  /// The bytes of each piece in turn, zero-filled.
  private let words: UnsafeMutablePointer<UInt64>
  /// Pieces, with the three above, which are the first.
  private var count = 3

  init() {
    words = .allocate(capacity: Self.most * Self.wordsOfPiece)
    words.initialize(repeating: 0, count: Self.most * Self.wordsOfPiece)
    head = .allocate(capacity: Self.most)
    head.initialize(
      repeating: JSONPiece(words, length: 0, slot: JSONPiece.end), count: Self.most)
    others = head + 1
    passing = head + 2
  }

  deinit {
    head.deallocate()
    words.deallocate()
  }

  /// The piece that stands at `text`, of which ``longest`` bytes can be read, and is expected behind
  /// `previous` from now on; `nil` where it is none of those next in the list.
  func find(
    _ text: UnsafePointer<UInt8>, after previous: JSONPiece.Reference
  ) -> JSONPiece.Reference? {
    var candidate = place(after: previous).pointee.later
    for _ in 0..<Self.mostTried {
      guard let piece = candidate else { return nil }
      if piece.pointee.stands(at: text) {
        previous.pointee.expected = piece
        return piece
      }
      candidate = piece.pointee.later
    }
    return nil
  }

  /// Adds the piece `text`, or answers one that is not kept where it is too long.
  mutating func add(
    _ text: UnsafeRawBufferPointer, slot: Int, after previous: JSONPiece.Reference
  ) -> JSONPiece.Reference {
    guard text.count <= Self.longest else { return pass(text.count, slot: slot) }
    if count == Self.most {
      count = 3
      for piece in [head, others] {
        piece.pointee.later = nil
        piece.pointee.expected = nil
      }
      return pass(text.count, slot: slot)
    }
    let own = words + count * Self.wordsOfPiece
    own.update(repeating: 0, count: Self.wordsOfPiece)
    UnsafeMutableRawBufferPointer(start: own, count: Self.longest).copyMemory(from: text)
    let piece = head + count
    count += 1
    let place = place(after: previous)
    piece.pointee = JSONPiece(own, length: text.count, slot: slot)
    piece.pointee.isFirst = previous == head
    piece.pointee.later = place.pointee.later
    place.pointee.later = piece
    previous.pointee.expected = piece
    return piece
  }

  /// A piece that is not kept.
  mutating func pass(_ length: Int, slot: Int) -> JSONPiece.Reference {
    passing.pointee = JSONPiece(words, length: length, slot: slot)
    return passing
  }

  /// The piece behind which those that may follow `previous` stand in their list.
  private func place(after previous: JSONPiece.Reference) -> JSONPiece.Reference {
    previous == head || !(previous.pointee.isFirst || previous == passing) ? previous : others
  }
}
