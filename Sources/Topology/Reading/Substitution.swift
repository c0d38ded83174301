/// A scalar's text with environment variables filled in.
///
/// `${NAME}` stands for the variable; `${NAME:-default}` for the default when it is unset or empty;
/// `$${` for the characters `${`. All other `$` stand for themselves.
struct Substitution {
  /// A stretch of the result.
  struct Piece {
    /// UTF-8 offset in the text as written.
    var rawOffset: Int
    /// UTF-8 offset in ``Substitution/text``.
    var offset: Int
    /// Whether the stretch stands for something else in the text as written.
    var isReplaced: Bool
  }

  /// What is wrong with a `${…}` that begins at `rawOffset`.
  struct Fault: Error {
    var rawOffset: Int
    var message: String
  }

  /// The text, filled in.
  let text: String
  /// Its stretches in order; the first begins at 0.
  let pieces: [Piece]

  /// Fills in `raw`.
  init(_ raw: String, variable: @escaping (String) -> String?) throws(Fault) {
    var filler = SubstitutionFiller(raw, variable: variable)
    try filler.fill()
    text = String(decoding: filler.result, as: UTF8.self)
    pieces = filler.pieces
  }

  /// `text` with the places of its characters, given those of the text as written.
  func locate(in raw: SourceText) -> SourceText {
    var runs: [SourceText.Run] = []
    for (index, piece) in pieces.enumerated() {
      let start = raw.position(ofUTF8Offset: piece.rawOffset)
      let first = raw.runIndex(at: piece.rawOffset)
      runs.append(
        SourceText.Run(
          offset: piece.offset, line: start.line, column: start.column,
          isPinned: piece.isReplaced || raw.runs[first].isPinned))
      guard !piece.isReplaced else { continue }
      let end = index + 1 < pieces.count ? pieces[index + 1].rawOffset : raw.string.utf8.count + 1
      for run in raw.runs[(first + 1)...].prefix(while: { $0.offset < end }) {
        var run = run
        run.offset += piece.offset - piece.rawOffset
        runs.append(run)
      }
    }
    return SourceText(text, file: raw.file, runs: runs)
  }
}
