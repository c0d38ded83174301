import Columnar

/// What parentheses captured, where RE2 and PostgreSQL agree on it.
final class RegexDirectCaptures {
  private let node: RegexNode
  private let first: Int
  private let count: Int
  private var program: RE2Program?

  /// - Parameter first: the number of the first parentheses in `node`.
  init(_ node: RegexNode, first: Int) {
    self.node = node
    self.first = first
    count = node.captureCount
  }

  func note(
    _ text: StringView, _ range: Range<Int>, _ captures: inout [Range<Int>?]
  ) throws(RegexError) {
    if program == nil { program = try RE2Program(node.re2(.capturing), longest: false) }
    guard let spans = program?.spans(text, range, .both, groups: count) else { return }
    for index in 0..<count where spans[2 * index + 2] >= 0 {
      captures[first + index] = spans[2 * index + 2]..<spans[2 * index + 3]
    }
  }
}

extension RegexNode {
  /// Parentheses that capture.
  fileprivate var captureCount: Int {
    switch self {
    case .empty, .set, .assertion: 0
    case .group(let inner, let capture): (capture == nil ? 0 : 1) + inner.captureCount
    case .choice(let items), .sequence(let items): items.reduce(0) { $0 + $1.captureCount }
    case .repeated(let inner, _, _, _): inner.captureCount
    }
  }
}
