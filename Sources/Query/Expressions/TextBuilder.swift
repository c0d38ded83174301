import Columnar

/// Puts together one text after the other in an arena.
struct TextBuilder {
  /// The most bytes one text may have: PostgreSQL's limit.
  static let largest = 1 << 30

  private let arena: ByteArena
  private var place: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var length = 0

  /// Begins a text in `arena` of which `capacity` bytes are known to be needed at most.
  ///
  /// - Throws: ``EvaluationError`` when that is more than a text may have.
  init(_ arena: ByteArena, capacity: Int) throws(EvaluationError) {
    guard capacity <= Self.largest else {
      throw EvaluationError(row: 0, "requested length too large: a text has at most 1 GiB")
    }
    self.arena = arena
    self.capacity = capacity
    place = arena.allocate(capacity)
  }

  /// Appends one byte.
  mutating func append(_ byte: UInt8) {
    precondition(length < capacity)
    place[length] = byte
    length += 1
  }

  /// Appends `count` bytes from `start`.
  mutating func append(_ start: UnsafePointer<UInt8>, _ count: Int) {
    precondition(count <= capacity - length)
    if count > 0 { (place + length).update(from: start, count: count) }
    length += count
  }

  /// Appends what `view` shows.
  mutating func append(_ view: StringView) { append(view.start, Int(view.length)) }

  /// Appends the UTF-8 form of `scalar`.
  mutating func append(_ scalar: Unicode.Scalar) {
    for byte in UTF8.encode(scalar).unsafelyUnwrapped { append(byte) }
  }

  /// The text.
  var view: StringView {
    length == 0 ? .empty : StringView(start: place, length: length)
  }
}
