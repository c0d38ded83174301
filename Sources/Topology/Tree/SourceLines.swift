/// The characters of a YAML file, addressed by line and column as libyaml counts them.
struct SourceLines {
  let scalars: [Unicode.Scalar]
  /// Index of each line's first scalar.
  private let lineStarts: [Int]

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    var starts = [0]
    var index = 0
    while index < scalars.count {
      let length = Self.lineBreakLength(in: scalars, at: index)
      index += max(length, 1)
      if length > 0 { starts.append(index) }
    }
    lineStarts = starts
  }

  /// Index of the scalar at a line and column from 1, or `nil` outside of the text.
  func index(line: Int, column: Int) -> Int? {
    guard line >= 1, line <= lineStarts.count, column >= 1 else { return nil }
    let index = lineStarts[line - 1] + column - 1
    return index <= scalars.count ? index : nil
  }

  /// Line and column from 1 of the scalar at `index`.
  func place(of index: Int) -> (line: Int, column: Int) {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= index { low = middle } else { high = middle }
    }
    return (low + 1, index - lineStarts[low] + 1)
  }

  /// Number of scalars of the line break at `index`; 0 when there is none.
  func lineBreakLength(at index: Int) -> Int {
    Self.lineBreakLength(in: scalars, at: index)
  }

  /// Index of the next scalar from `index` on that is neither blank nor a line break, and the number
  /// of line breaks on the way.
  func skipWhitespace(from index: Int) -> (index: Int, lineBreaks: Int) {
    var index = index
    var lineBreaks = 0
    while index < scalars.count {
      let length = lineBreakLength(at: index)
      if length > 0 {
        lineBreaks += 1
        index += length
      } else if scalars[index] == " " || scalars[index] == "\t" {
        index += 1
      } else {
        break
      }
    }
    return (index, lineBreaks)
  }

  // YAML 1.1, section 4.1.4: line feed, carriage return, both, NEL, LS and PS break lines.
  private static func lineBreakLength(in scalars: [Unicode.Scalar], at index: Int) -> Int {
    guard index < scalars.count else { return 0 }
    switch scalars[index] {
    case "\r": return index + 1 < scalars.count && scalars[index + 1] == "\n" ? 2 : 1
    case "\n", "\u{85}", "\u{2028}", "\u{2029}": return 1
    default: return 0
    }
  }
}
