import Columnar

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A LIKE pattern, taken apart once: `%` is any run of characters, `_` any one, and what follows the
/// escape character stands for itself.
struct LikePattern {
  /// What stands between two `%`: bytes, with a mark where any one character may stand.
  private struct Segment {
    /// Runs of bytes; between each two stands one `_`.
    var runs: [[UInt8]] = [[]]
    /// Whether there is no `_`.
    var isPlain: Bool { runs.count == 1 }
    var isEmpty: Bool { isPlain && runs[0].isEmpty }
  }

  /// The pieces between `%`s: the first is tied to the start, the last to the end. One piece means
  /// there is no `%`.
  private var segments: [Segment]

  /// Reads a pattern.
  ///
  /// - Parameter escape: bytes of the escape character; empty for none.
  /// - Throws: ``EvaluationError`` when the pattern ends with the escape character.
  init(_ pattern: StringView, escape: [UInt8]) throws(EvaluationError) {
    segments = [Segment()]
    var offset = 0
    let end = Int(pattern.length)
    while offset < end {
      let length = pattern.scalarLength(at: offset)
      let character = UnsafeBufferPointer(start: pattern.start + offset, count: length)
      offset += length
      if !escape.isEmpty, character.elementsEqual(escape) {
        guard offset < end else {
          throw EvaluationError(row: 0, "LIKE pattern must not end with escape character")
        }
        let escaped = pattern.scalarLength(at: offset)
        append(UnsafeBufferPointer(start: pattern.start + offset, count: escaped))
        offset += escaped
      } else if character[0] == UInt8(ascii: "%") {
        segments.append(Segment())
      } else if character[0] == UInt8(ascii: "_") {
        segments[segments.count - 1].runs.append([])
      } else {
        append(character)
      }
    }
    // Only the first and last may be empty; an empty one between two `%` matches everywhere.
    if segments.count > 2 {
      segments = segments.enumerated()
        .filter { $0.offset == 0 || $0.offset == segments.count - 1 || !$0.element.isEmpty }
        .map(\.element)
    }
  }

  private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    let last = segments.count - 1
    segments[last].runs[segments[last].runs.count - 1].append(contentsOf: bytes)
  }

  /// Whether the pattern describes all of `text`.
  func matches(_ text: StringView) -> Bool {
    let end = Int(text.length)
    guard let begun = Self.match(segments[0], text, at: 0) else { return false }
    if segments.count == 1 { return begun == end }
    var offset = begun
    for segment in segments[1..<segments.count - 1] {
      guard let next = Self.find(segment, text, from: offset) else { return false }
      offset = next
    }
    return Self.matchEnd(segments[segments.count - 1], text, from: offset)
  }

  /// The offset behind the segment when it stands at `offset`.
  private static func match(_ segment: Segment, _ text: StringView, at offset: Int) -> Int? {
    var offset = offset
    let end = Int(text.length)
    for (index, run) in segment.runs.enumerated() {
      if index > 0 {
        guard offset < end else { return nil }
        offset += text.scalarLength(at: offset)
      }
      guard run.count <= end - offset, memcmp(text.start + offset, run, run.count) == 0 else {
        return nil
      }
      offset += run.count
    }
    return offset
  }

  /// The offset behind the first place from `start` on where the segment stands.
  private static func find(_ segment: Segment, _ text: StringView, from start: Int) -> Int? {
    var offset = start
    let end = Int(text.length)
    while offset <= end {
      if let first = segment.runs[0].first {
        guard offset < end, let found = memchr(text.start + offset, Int32(first), end - offset)
        else { return nil }
        offset = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - text.start
      }
      if let behind = match(segment, text, at: offset) { return behind }
      guard offset < end else { return nil }
      offset += text.scalarLength(at: offset)
    }
    return nil
  }

  /// Whether the text ends with the segment, which begins at `start` or later.
  private static func matchEnd(_ segment: Segment, _ text: StringView, from start: Int) -> Bool {
    let end = Int(text.length)
    if segment.isPlain {
      let run = segment.runs[0]
      return run.count <= end - start && memcmp(text.start + end - run.count, run, run.count) == 0
    }
    // The segment has a fixed number of characters: go back by that many from the end.
    var offset = end
    for (index, run) in segment.runs.enumerated().reversed() {
      offset -= run.count
      guard offset >= start else { return false }
      if index > 0 {
        guard offset > start else { return false }
        offset -= 1
        while offset > start, StringView.isContinuation(text.start[offset]) { offset -= 1 }
      }
    }
    return match(segment, text, at: offset) == end
  }
}
