/// A text out of a topology file that knows where each of its characters came from.
///
/// Indentation and folding of YAML are undone: a position is that of the character in the file.
/// Characters that stand for something else have the position of what they stand for: those that
/// an environment variable supplied have that of its `${`, and a text from `--set` is at one place.
package struct SourceText: Sendable, Equatable {
  /// Neighbouring characters that follow each other in the file too, or, when `isPinned`, that have
  /// one position.
  struct Run: Sendable, Equatable {
    /// UTF-8 offset of the first character.
    var offset: Int
    var line: Int
    var column: Int
    var isPinned: Bool
  }

  /// The text.
  package let string: String
  /// The file the text came from, or `--set PATH`.
  let file: String
  /// In order of their offsets, the first at 0.
  let runs: [Run]

  init(_ string: String, file: String, runs: [Run]) {
    precondition(runs.first?.offset == 0, "the first run starts the text")
    self.string = string
    self.file = file
    self.runs = runs
  }

  /// A text all of which is at one place.
  init(_ string: String, at position: TopologyPosition) {
    let run = Run(offset: 0, line: position.line, column: position.column, isPinned: true)
    self.init(string, file: position.file, runs: [run])
  }

  /// Where the character at `offset` is written. An offset outside of the text counts as that of its
  /// first character or of its end.
  package func position(ofUTF8Offset offset: Int) -> TopologyPosition {
    let run = runs[runIndex(at: offset)]
    var position = TopologyPosition(file: file, line: run.line, column: run.column)
    guard !run.isPinned else { return position }
    let utf8 = string.utf8
    let start = utf8.index(utf8.startIndex, offsetBy: run.offset)
    let skipped = utf8[start...].prefix(max(0, offset - run.offset))
    // UTF-8's continuation bytes (RFC 3629, section 3) are no scalars of their own.
    position.column += skipped.count { $0 & 0xC0 != 0x80 }
    return position
  }

  /// Index of the run that holds the character at `offset`.
  func runIndex(at offset: Int) -> Int {
    var low = 0
    var high = runs.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if runs[middle].offset <= offset { low = middle } else { high = middle }
    }
    return low
  }
}
