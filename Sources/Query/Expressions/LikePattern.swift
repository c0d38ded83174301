import Columnar

/// A LIKE pattern, taken apart once: `%` is any run of characters, `_` any one, and what follows the
/// escape character stands for itself.
final class LikePattern {
  /// What most patterns come down to.
  private enum Shape {
    case exact(StringView), prefix(StringView), suffix(StringView), contains(StringView)
    case general
  }

  private let shape: Shape
  private let segments: [LikeSegment]
  /// The owner of the shape's bytes.
  private let arena = ByteArena()

  /// Reads a pattern.
  ///
  /// - Parameter escape: bytes of the escape character; empty for none.
  /// - Throws: ``EvaluationError`` when the pattern ends with the escape character.
  init(_ pattern: StringView, escape: [UInt8]) throws(EvaluationError) {
    let segments = try LikeSegment.segments(pattern, escape: escape)
    self.segments = segments
    let plain = segments.allSatisfy(\.isPlain) ? segments.map { $0.runs[0] } : []
    let views = plain.map { [arena] bytes in
      bytes.withUnsafeBufferPointer { buffer in
        buffer.baseAddress.map {
          StringView(start: arena.copy($0, buffer.count), length: buffer.count)
        }
          ?? .empty
      }
    }
    shape =
      switch (views.count, plain.first?.isEmpty, plain.last?.isEmpty) {
      case (1, _, _): .exact(views[0])
      case (2, _, true): .prefix(views[0])
      case (2, true, _): .suffix(views[1])
      case (3, true, true): .contains(views[1])
      default: .general
      }
  }

  /// Whether the pattern describes all of `text`.
  @inline(__always)
  func matches(_ text: StringView) -> Bool {
    switch shape {
    case .exact(let bytes): StringView.isEqual(text, bytes)
    case .prefix(let bytes): text.hasPrefix(bytes)
    case .suffix(let bytes): text.hasSuffix(bytes)
    case .contains(let bytes): text.firstOffset(of: bytes) != nil
    case .general: matchesSegments(text)
    }
  }

  private func matchesSegments(_ text: StringView) -> Bool {
    guard let begun = segments[0].match(text, at: 0) else { return false }
    if segments.count == 1 { return begun == Int(text.length) }
    var offset = begun
    for segment in segments[1..<segments.count - 1] {
      guard let next = segment.find(in: text, from: offset) else { return false }
      offset = next
    }
    return segments[segments.count - 1].matchEnd(text, from: offset)
  }
}
