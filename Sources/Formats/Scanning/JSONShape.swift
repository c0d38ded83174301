/// What stood between the values of the records so far: records of one file nearly always have the
/// same keys in the same order with the same spaces, so that most of a record need only be compared.
///
/// A *piece* is all bytes from the end of one value to the start of the next: a comma, a key, a
/// colon, and spaces. Before a record's first value it has the opening brace, and behind the last one
/// it has the closing brace and the newline. Pieces were read by ``JSONScanner`` once; where the same
/// bytes stand at such a place again, they mean the same again. The pieces are a list in the order of
/// the records, with keys that only some records have among them.
struct JSONShape: ~Copyable {
  /// The most bytes of a piece that is kept.
  static let longest = 128

  /// Pieces there is room for; when there are more, all are forgotten.
  private static let most = 512
  /// Pieces in turn that a record may lack and that are looked behind.
  private static let mostLeftOut = 3
  private static let wordsOfPiece = longest / 8

  /// Comes before the first piece of every record.
  let head: JSONPiece.Reference
  /// A piece that is not kept: it is too long, or will not come again.
  private let passing: JSONPiece.Reference
  /// The piece before ``passing``.
  private var beforePassing: JSONPiece.Reference
  /// The bytes of each piece in turn, zero-filled.
  private let words: UnsafeMutablePointer<UInt64>
  /// Pieces, with the two above, which are the first.
  private var count = 2

  init() {
    words = .allocate(capacity: Self.most * Self.wordsOfPiece)
    words.initialize(repeating: 0, count: Self.most * Self.wordsOfPiece)
    head = .allocate(capacity: Self.most)
    head.initialize(
      repeating: JSONPiece(words, length: 0, slot: JSONPiece.end, isFirst: false),
      count: Self.most)
    passing = head + 1
    beforePassing = head
  }

  deinit {
    head.deallocate()
    words.deallocate()
  }

  /// The piece that stands at `text`, of which ``longest`` bytes can be read; `nil` where it is none
  /// of those next in the list.
  ///
  /// - Parameters:
  ///   - previous: the piece before, of the same record, or ``head``.
  ///   - isFirst: 1 where the record had no value so far, otherwise 0.
  @inline(__always)
  static func piece(
    at text: UnsafePointer<UInt8>, after previous: JSONPiece.Reference, isFirst: UInt64
  ) -> JSONPiece.Reference? {
    guard let next = previous.pointee.next else { return nil }
    if next.pointee.stands(at: text, isFirst: isFirst) { return next }
    return laterPiece(at: text, after: next, isFirst: isFirst)
  }

  @inline(never)
  private static func laterPiece(
    at text: UnsafePointer<UInt8>, after previous: JSONPiece.Reference, isFirst: UInt64
  ) -> JSONPiece.Reference? {
    var candidate = previous.pointee.next
    for _ in 0..<mostLeftOut {
      guard let piece = candidate else { return nil }
      if piece.pointee.stands(at: text, isFirst: isFirst) { return piece }
      candidate = piece.pointee.next
    }
    return nil
  }

  /// Adds the piece `text` to the list, or answers one that is not kept where it is too long.
  mutating func add(
    _ text: UnsafeRawBufferPointer, slot: Int, isFirst: Bool, after previous: JSONPiece.Reference
  ) -> JSONPiece.Reference {
    guard text.count <= Self.longest else { return pass(text.count, slot: slot, after: previous) }
    if count == Self.most {
      count = 2
      head.pointee.next = nil
      return pass(text.count, slot: slot, after: head)
    }
    let previous = previous == passing ? beforePassing : previous
    let own = words + count * Self.wordsOfPiece
    own.update(repeating: 0, count: Self.wordsOfPiece)
    UnsafeMutableRawBufferPointer(start: own, count: Self.longest).copyMemory(from: text)
    let piece = head + count
    count += 1
    piece.pointee = JSONPiece(own, length: text.count, slot: slot, isFirst: isFirst)
    piece.pointee.next = previous.pointee.next
    previous.pointee.next = piece
    return piece
  }

  /// A piece that is not kept.
  mutating func pass(
    _ length: Int, slot: Int, after previous: JSONPiece.Reference
  ) -> JSONPiece.Reference {
    let previous = previous == passing ? beforePassing : previous
    passing.pointee = JSONPiece(words, length: length, slot: slot, isFirst: false)
    passing.pointee.next = previous.pointee.next
    beforePassing = previous
    return passing
  }
}
