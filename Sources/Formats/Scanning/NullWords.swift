#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The words that stand for NULL, ready to be compared with fields.
final class NullWords {
  /// The words as the topology gives them.
  let words: [String]
  /// Bit *n* is set where a word has *n* bytes; bit 63 stands for all longer ones too.
  private let lengths: UInt64
  private let encoded: [[UInt8]]

  /// Compares with `words` exactly.
  init(_ words: [String]) {
    self.words = words
    encoded = words.map { Array($0.utf8) }
    lengths = encoded.reduce(0) { $0 | 1 << UInt64(min($1.count, 63)) }
  }

  /// Whether the field is one of the words.
  @inline(__always)
  func contains(_ start: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    guard (lengths &>> UInt64(min(length, 63))) & 1 != 0 else { return false }
    return compare(start, length)
  }

  private func compare(_ start: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    for word in encoded where word.count == length {
      let isEqual = word.withUnsafeBufferPointer { bytes in
        length == 0 || memcmp(bytes.baseAddress!, start, length) == 0
      }
      if isEqual { return true }
    }
    return false
  }
}
