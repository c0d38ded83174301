/// A set of partition indexes, one bit each; grows to the highest index inserted.
package struct PartitionBitmap: Sendable, Equatable {
  /// 64 indexes a word, the lowest in the lowest bit; the last word is not 0.
  package private(set) var words: ContiguousArray<UInt64> = []
  /// Members.
  package private(set) var count = 0

  package init() {}

  /// The set whose members are the bits of these words, 64 indexes a word, the lowest in the lowest
  /// bit. At most 2^26 words.
  package init(words: some Sequence<UInt64>) {
    self.words = ContiguousArray(words)
    while self.words.last == 0 { self.words.removeLast() }
    precondition(self.words.count <= 1 << 26, "a bitmap has indexes beyond 32 bits")
    for word in self.words { count += word.nonzeroBitCount }
  }

  package func contains(_ index: UInt32) -> Bool {
    let word = Int(index >> 6)
    return word < words.count && words[word] & (1 << UInt64(index & 63)) != 0
  }

  /// The highest member, or `nil` when there is none.
  package var highest: UInt32? {
    guard let last = words.last else { return nil }
    return UInt32(words.count - 1) << 6 | UInt32(63 - last.leadingZeroBitCount)
  }

  /// The lowest index from `start` on that is no member. 2^32 - 1 is never looked at.
  package func firstAbsent(from start: UInt32) -> UInt32 {
    var word = Int(start >> 6)
    var below: UInt64 = (1 << UInt64(start & 63)) - 1
    while word < words.count {
      let absent = ~(words[word] | below)
      if absent != 0 { return UInt32(word) << 6 | UInt32(absent.trailingZeroBitCount) }
      below = 0
      word += 1
    }
    return max(start, UInt32(clamping: word << 6))
  }

  /// Inserts an index; returns whether it was new.
  @discardableResult
  package mutating func insert(_ index: UInt32) -> Bool {
    let word = Int(index >> 6)
    grow(to: word + 1)
    let bit: UInt64 = 1 << UInt64(index & 63)
    guard words[word] & bit == 0 else { return false }
    words[word] |= bit
    count += 1
    return true
  }

  /// Inserts consecutive indexes; returns how many were new.
  @discardableResult
  package mutating func insert(_ indexes: ClosedRange<UInt32>) -> Int {
    grow(to: Int(indexes.upperBound >> 6) + 1)
    let before = count
    Self.forEachWord(of: indexes) { word, mask in
      count += (mask & ~words[word]).nonzeroBitCount
      words[word] |= mask
    }
    return count - before
  }

  /// Whether none of these is a member.
  package func isDisjoint(with indexes: ClosedRange<UInt32>) -> Bool {
    var isDisjoint = true
    Self.forEachWord(of: indexes) { word, mask in
      if word < words.count, words[word] & mask != 0 { isDisjoint = false }
    }
    return isDisjoint
  }

  private mutating func grow(to count: Int) {
    guard count > words.count else { return }
    words.append(contentsOf: repeatElement(0, count: count - words.count))
  }

  /// Calls `body` with the words that consecutive indexes lie in, and their bits in each.
  private static func forEachWord(
    of indexes: ClosedRange<UInt32>, _ body: (_ word: Int, _ mask: UInt64) -> Void
  ) {
    let first = Int(indexes.lowerBound >> 6)
    let last = Int(indexes.upperBound >> 6)
    for word in first...last {
      var mask = UInt64.max
      if word == first { mask &= .max << UInt64(indexes.lowerBound & 63) }
      if word == last { mask &= .max >> UInt64(63 - indexes.upperBound & 63) }
      body(word, mask)
    }
  }

  /// Removes an index; returns whether it was a member.
  @discardableResult
  package mutating func remove(_ index: UInt32) -> Bool {
    guard contains(index) else { return false }
    words[Int(index >> 6)] &= ~(1 << UInt64(index & 63))
    count -= 1
    while words.last == 0 { words.removeLast() }
    return true
  }

  /// Inserts all members of another set.
  package mutating func formUnion(_ other: PartitionBitmap) {
    grow(to: other.words.count)
    for position in other.words.indices {
      count += (other.words[position] & ~words[position]).nonzeroBitCount
      words[position] |= other.words[position]
    }
  }
}
