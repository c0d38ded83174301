import Columnar

/// The plain text that every match begins with, which is found faster than a pattern is matched.
struct RegexLiteral {
  /// Whether the text is all of the pattern.
  let isWhole: Bool
  private let view: StringView
  private let arena = ByteArena()

  /// Bytes.
  var count: Int { Int(view.length) }

  /// The text that `node` begins with; `nil` when there is none.
  init?(_ node: RegexNode) {
    let items: [RegexNode] = if case .sequence(let items) = node { items } else { [node] }
    var text = String.UnicodeScalarView()
    for item in items {
      guard case .set(let set) = item, let value = set.single, let scalar = Unicode.Scalar(value)
      else { break }
      text.append(scalar)
    }
    guard !text.isEmpty else { return nil }
    isWhole = text.count == items.count
    view = arena.copy(String(text))
  }

  /// The first place from byte `start` on where the text stands.
  func find(in text: StringView, from start: Int) -> Int? {
    text.firstOffset(of: view, from: start)
  }
}
