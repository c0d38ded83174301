/// The bytes between two values of a record, or before the first or behind the last; see
/// ``JSONShape``.
struct JSONPiece {
  typealias Reference = UnsafeMutablePointer<JSONPiece>

  /// The ``slot`` of a piece whose key is not needed.
  static let unneeded = -1
  /// The ``slot`` of a piece that ends a record.
  static let end = -2
  /// The ``slot`` of a blank line.
  static let blank = -3

  /// Bytes.
  let length: Int
  /// The position among the needed keys of the key whose value comes next, or one of the above.
  let slot: Int
  /// The piece that came behind this one last.
  var expected: Reference?
  /// The next piece of the list.
  var later: Reference?
  /// Whether it begins a record.
  var isFirst = false

  /// The first two words, and which of their bits belong to the piece.
  private let first: UInt64
  private let second: UInt64
  private let firstMask: UInt64
  private let secondMask: UInt64
  /// The words behind the second.
  private let more: UnsafePointer<UInt64>
  /// How many there are.
  private let moreWords: Int
  /// Which bits of the last of them belong to the piece.
  private let lastMask: UInt64

  /// A piece.
  ///
  /// - Parameter words: all its bytes, zero-filled, two words at least.
  init(_ words: UnsafePointer<UInt64>, length: Int, slot: Int) {
    self.length = length
    self.slot = slot
    first = words[0]
    second = words[1]
    firstMask = Self.mask(length)
    secondMask = Self.mask(length - 8)
    more = words + 2
    moreWords = max(0, (length - 9) / 8)
    lastMask = Self.mask(length - 8 - 8 * moreWords)
  }

  /// The bits of a word of which `bytes` belong to a piece, from the lowest on.
  private static func mask(_ bytes: Int) -> UInt64 {
    bytes <= 0 ? 0 : bytes >= 8 ? .max : (1 << UInt64(8 * bytes)) - 1
  }

  /// Whether the piece stands at `text`, of which ``JSONShape/longest`` bytes can be read.
  @inline(__always)
  func stands(at text: UnsafePointer<UInt8>) -> Bool {
    var difference = (Self.word(text, 0) ^ first) & firstMask
    difference |= (Self.word(text, 1) ^ second) & secondMask
    if moreWords > 0 { difference |= differenceOfMore(text) }
    return difference == 0
  }

  @inline(__always)
  private func differenceOfMore(_ text: UnsafePointer<UInt8>) -> UInt64 {
    let last = moreWords &- 1
    var difference = (Self.word(text, last &+ 2) ^ more[last]) & lastMask
    var index = 0
    while index < last {
      difference |= Self.word(text, index &+ 2) ^ more[index]
      index &+= 1
    }
    return difference
  }

  @inline(__always)
  private static func word(_ text: UnsafePointer<UInt8>, _ index: Int) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(text + 8 &* index).loadUnaligned(as: UInt64.self))
  }
}
