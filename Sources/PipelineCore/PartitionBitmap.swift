/// A set of partition indexes, one bit each; grows to the highest index inserted.
package struct PartitionBitmap: Sendable {
  private var words: ContiguousArray<UInt64> = []
  /// Members.
  package private(set) var count = 0

  package init() {}

  package func contains(_ index: UInt32) -> Bool {
    let word = Int(index >> 6)
    return word < words.count && words[word] & (1 << UInt64(index & 63)) != 0
  }

  /// Inserts an index; returns whether it was new.
  @discardableResult
  package mutating func insert(_ index: UInt32) -> Bool {
    let word = Int(index >> 6)
    if word >= words.count {
      words.append(contentsOf: repeatElement(0, count: word + 1 - words.count))
    }
    let bit: UInt64 = 1 << UInt64(index & 63)
    guard words[word] & bit == 0 else { return false }
    words[word] |= bit
    count += 1
    return true
  }
}
