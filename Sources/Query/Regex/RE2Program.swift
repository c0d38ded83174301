import CRE2
import Columnar

/// A pattern that RE2 compiled.
///
/// What it points at never changes after it was made and RE2 may search with it from any thread.
final class RE2Program: @unchecked Sendable {
  /// Where a match has to begin and end.
  enum Anchor: Int32 {
    case none = 0
    case start = 1
    case both = 2
  }

  /// Bytes that the program and its automata take at most.
  private static let memory: Int64 = 8 << 20

  private let pointer: OpaquePointer

  /// Compiles RE2's syntax.
  ///
  /// - Parameter longest: whether the longest of the leftmost matches is wanted in place of the
  ///   first by the order of alternatives.
  /// - Throws: ``RegexError`` for a pattern that takes too much memory.
  init(_ pattern: String, longest: Bool) throws(RegexError) {
    var pattern = pattern
    let made = pattern.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        millrace_re2_compile($0.baseAddress, $0.count, longest, Self.memory)
      }
    }
    guard let made else { throw .tooComplex }
    pointer = made
  }

  deinit { millrace_re2_free(pointer) }

  /// Whether there is a match in these bytes of `text`.
  func matches(_ text: StringView, _ range: Range<Int>, _ anchor: Anchor) -> Bool {
    search(text, range, anchor, nil, 0)
  }

  /// The match in these bytes of `text`.
  func find(_ text: StringView, _ range: Range<Int>, _ anchor: Anchor) -> Range<Int>? {
    var span: (Int, Int) = (0, 0)
    let isFound = withUnsafeMutableBytes(of: &span) {
      search(text, range, anchor, $0.bindMemory(to: Int.self).baseAddress, 1)
    }
    return isFound ? span.0..<span.1 : nil
  }

  /// What the first groups captured: two offsets for the match and for each of `groups`, -1 for none.
  func spans(
    _ text: StringView, _ range: Range<Int>, _ anchor: Anchor, groups: Int
  ) -> [Int]? {
    var spans = [Int](repeating: -1, count: 2 * groups + 2)
    let isFound = spans.withUnsafeMutableBufferPointer {
      search(text, range, anchor, $0.baseAddress, Int32(groups + 1))
    }
    return isFound ? spans : nil
  }

  private func search(
    _ text: StringView, _ range: Range<Int>, _ anchor: Anchor,
    _ spans: UnsafeMutablePointer<Int>?, _ count: Int32
  ) -> Bool {
    let length = Int(text.length)
    precondition(range.lowerBound >= 0 && range.upperBound <= length)
    return text.start.withMemoryRebound(to: CChar.self, capacity: length) {
      millrace_re2_match(
        pointer, $0, length, range.lowerBound, range.upperBound, anchor.rawValue, spans, count)
    }
  }
}
