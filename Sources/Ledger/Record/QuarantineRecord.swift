package import PipelineCore

/// A partition that the run goes on without, and where its bytes are kept.
package struct QuarantineRecord: Sendable, Equatable {
  package var quarantined: Quarantined
  /// Milliseconds since 1970.
  package var at: Int64
  /// The file with the partition's bytes, relative to the run's directory; `nil` when they could not
  /// be kept.
  package var bytes: String?

  /// Which part of the source the partition is.
  package var slice: Slice

  package init(_ quarantined: Quarantined, at: Int64, bytes: String?, slice: Slice) {
    self.quarantined = quarantined
    self.at = at
    self.bytes = bytes
    self.slice = slice
  }

  /// A part of a source.
  package enum Slice: Sendable, Equatable {
    /// `length` bytes from `offset` on of the file with this index; `digest` is their XXH3 of 64 bits.
    case file(index: Int, offset: Int64, length: Int, digest: UInt64)
    /// The numbers `from ..< from + count`, with `payload` bytes for each.
    case range(from: Int64, count: Int, payload: Int)

    /// `file INDEX OFFSET LENGTH DIGEST`, the digest as 16 hexadecimal digits, or
    /// `range FROM COUNT PAYLOAD`.
    package var text: String {
      switch self {
      case .file(let index, let offset, let length, let digest):
        "file \(index) \(offset) \(length) \(Self.hexadecimal(digest))"
      case .range(let from, let count, let payload): "range \(from) \(count) \(payload)"
      }
    }

    /// Reads a ``text``; `nil` when it is none.
    package init?(text: String) {
      let words = text.split(separator: " ")
      let numbers = words.dropFirst().prefix(3).compactMap { Int64($0) }
      guard numbers.count == 3 else { return nil }
      switch (words[0], words.count) {
      case ("file", 5):
        guard let digest = UInt64(words[4], radix: 16), numbers.allSatisfy({ $0 >= 0 }),
          numbers[2] <= .max - numbers[1]
        else { return nil }
        self = .file(
          index: Int(numbers[0]), offset: numbers[1], length: Int(numbers[2]), digest: digest)
      case ("range", 4):
        guard (0...1 << 31).contains(numbers[1]), (0...1 << 31).contains(numbers[2]) else {
          return nil
        }
        self = .range(from: numbers[0], count: Int(numbers[1]), payload: Int(numbers[2]))
      default: return nil
      }
      // Numbers can be written in many ways, and a ledger writes them in one.
      guard self.text == text else { return nil }
    }

    private static func hexadecimal(_ digest: UInt64) -> String {
      let digits = String(digest, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }
  }
}
