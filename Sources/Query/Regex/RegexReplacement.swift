import Columnar

/// What `regexp_replace` puts in place of a match: text, `\1` to `\9`, `\&` and `\\`.
struct RegexReplacement {
  private enum Piece {
    case text(Range<Int>)
    case capture(Int)
  }

  private let view: StringView
  private let pieces: [Piece]
  /// Whether it mentions parentheses.
  let usesCaptures: Bool

  init(_ view: StringView) {
    self.view = view
    var pieces: [Piece] = []
    var copied = 0
    var offset = 0
    let end = Int(view.length)
    while offset + 1 < end {
      guard view.start[offset] == UInt8(ascii: "\\") else {
        offset += 1
        continue
      }
      let next = view.start[offset + 1]
      switch next {
      case UInt8(ascii: "1")...UInt8(ascii: "9"), UInt8(ascii: "&"):
        pieces.append(.text(copied..<offset))
        pieces.append(.capture(next == UInt8(ascii: "&") ? 0 : Int(next - 0x30)))
        copied = offset + 2
        offset += 2
      case UInt8(ascii: "\\"):
        pieces.append(.text(copied..<offset + 1))
        copied = offset + 2
        offset += 2
      default: offset += 1
      }
    }
    pieces.append(.text(copied..<end))
    self.pieces = pieces
    usesCaptures = pieces.contains { if case .capture(1...) = $0 { true } else { false } }
  }

  /// Appends it to `output`, for a match in `text`.
  func write(
    _ text: StringView, _ match: Range<Int>, _ captures: [Range<Int>?], to output: inout [UInt8]
  ) {
    for piece in pieces {
      switch piece {
      case .text(let range): output += view.part(range).bytes
      case .capture(0): output += text.part(match).bytes
      case .capture(let number):
        if number < captures.count, let range = captures[number] {
          output += text.part(range).bytes
        }
      }
    }
  }
}
