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
    /// From this byte of the file with this index, as many as were kept.
    case file(index: Int, offset: Int64)
    /// The numbers `from ..< from + count`, with `payload` bytes for each.
    case range(from: Int64, count: Int, payload: Int)

    /// `file INDEX OFFSET` or `range FROM COUNT PAYLOAD`.
    package var text: String {
      switch self {
      case .file(let index, let offset): "file \(index) \(offset)"
      case .range(let from, let count, let payload): "range \(from) \(count) \(payload)"
      }
    }

    /// Reads a ``text``; `nil` when it is none.
    package init?(text: String) {
      let words = text.split(separator: " ")
      let numbers = words.dropFirst().compactMap { Int64($0) }
      switch (words.first, numbers.count, words.count) {
      case ("file", 2, 3):
        guard numbers[0] >= 0, numbers[1] >= 0 else { return nil }
        self = .file(index: Int(numbers[0]), offset: numbers[1])
      case ("range", 3, 4):
        guard (0...1 << 31).contains(numbers[1]), (0...1 << 31).contains(numbers[2]) else {
          return nil
        }
        self = .range(from: numbers[0], count: Int(numbers[1]), payload: Int(numbers[2]))
      default: return nil
      }
    }
  }
}
