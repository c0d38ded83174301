import Columnar

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What stands between two `%` of a LIKE pattern: bytes, with marks where any one character may stand.
struct LikeSegment {
  /// Runs of bytes; between each two stands one `_`.
  private(set) var runs: [[UInt8]] = [[]]

  /// Whether there is no `_`.
  var isPlain: Bool { runs.count == 1 }
  /// Whether nothing stands here.
  var isEmpty: Bool { isPlain && runs[0].isEmpty }

  /// The pieces of a pattern between its `%`s: the first is tied to the start, the last to the end.
  /// One piece means there is no `%`.
  ///
  /// - Throws: ``EvaluationError`` when the pattern ends with the escape character.
  static func segments(
    _ pattern: StringView, escape: [UInt8]
  ) throws(EvaluationError) -> [LikeSegment] {
    var segments = [LikeSegment()]
    var offset = 0
    let end = Int(pattern.length)
    while offset < end {
      let length = pattern.scalarLength(at: offset)
      var character = pattern.part(offset..<offset + length)
      offset += length
      if !escape.isEmpty, character.bytes.elementsEqual(escape) {
        guard offset < end else {
          throw EvaluationError(row: 0, "LIKE pattern must not end with escape character")
        }
        character = pattern.part(offset..<offset + pattern.scalarLength(at: offset))
        offset += Int(character.length)
        segments[segments.count - 1].append(character)
      } else if character.start[0] == UInt8(ascii: "%") {
        segments.append(LikeSegment())
      } else if character.start[0] == UInt8(ascii: "_") {
        segments[segments.count - 1].runs.append([])
      } else {
        segments[segments.count - 1].append(character)
      }
    }
    // An empty piece between two `%` is found everywhere.
    let last = segments.count - 1
    return segments.enumerated()
      .filter { $0.offset == 0 || $0.offset == last || !$0.element.isEmpty }
      .map(\.element)
  }

  private mutating func append(_ character: StringView) {
    runs[runs.count - 1].append(contentsOf: character.bytes)
  }

  /// The offset behind the segment when it stands at `offset`.
  func match(_ text: StringView, at offset: Int) -> Int? {
    var offset = offset
    let end = Int(text.length)
    for (index, run) in runs.enumerated() {
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
  func find(in text: StringView, from start: Int) -> Int? {
    var offset = start
    let end = Int(text.length)
    while offset <= end {
      if let first = runs[0].first {
        guard offset < end, let found = memchr(text.start + offset, Int32(first), end - offset)
        else { return nil }
        offset = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - text.start
      }
      if let behind = match(text, at: offset) { return behind }
      guard offset < end else { return nil }
      offset += text.scalarLength(at: offset)
    }
    return nil
  }

  /// Whether the text ends with the segment, which begins at `start` or later.
  func matchEnd(_ text: StringView, from start: Int) -> Bool {
    let end = Int(text.length)
    if isPlain {
      let run = runs[0]
      return run.count <= end - start && memcmp(text.start + end - run.count, run, run.count) == 0
    }
    // The segment has a fixed number of characters: go back by that many from the end.
    var offset = end
    for (index, run) in runs.enumerated().reversed() {
      offset -= run.count
      guard offset >= start else { return false }
      if index > 0 {
        guard offset > start else { return false }
        offset -= 1
        while offset > start, StringView.isContinuation(text.start[offset]) { offset -= 1 }
      }
    }
    return match(text, at: offset) == end
  }
}
