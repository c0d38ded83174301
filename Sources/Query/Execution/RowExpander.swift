import Columnar

/// Makes several rows of one: one for each piece of a text between delimiters.
final class RowExpander: RowStage {
  private let argument: ExpressionNode
  private let delimiter: ByteArena
  private let separator: StringView
  private let gatherer: RowGatherer
  private let slot: Int
  private let pieces = ColumnVector(type: .text, capacity: 0)
  /// The row of the batch that each piece of the last answer came from.
  private(set) var sources: [Int32] = []

  private var batch: Batch?
  private var texts: ColumnVector?
  private var row = 0
  /// Where the next piece of ``row`` begins.
  private var offset = 0

  /// - Parameters:
  ///   - slot: where the pieces go: behind the columns.
  ///   - kept: the slots of the columns that are read afterwards.
  /// - Throws: ``SQLError`` when the argument cannot be compiled.
  init(
    _ expansion: Expansion, slot: Int, kept: [Int], _ compiler: ExpressionCompiler
  ) throws(SQLError) {
    argument = try compiler.compile(expansion.argument)
    guard argument.type == .text else {
      throw SQLError(position: nil, "only text is split into rows")
    }
    delimiter = ByteArena()
    switch expansion.kind {
    case .split(let text): separator = delimiter.copy(text)
    }
    self.slot = slot
    gatherer = RowGatherer(slots: kept.filter { $0 != slot })
  }

  /// Begins with the rows of `batch`, which stays valid until the next call.
  func begin(_ batch: Batch) throws(EvaluationError) {
    texts = try argument.evaluate(batch)
    self.batch = batch
    row = 0
    offset = 0
  }

  /// The next rows, at most `limit`; `nil` when there are no more. Valid until the next call.
  func next(limit: Int) -> Batch? {
    guard let batch, let texts else { return nil }
    pieces.removeAll()
    pieces.adoptOwners(of: texts)
    sources.removeAll(keepingCapacity: true)
    while row < batch.count, pieces.count < limit { appendPieces(texts, limit) }
    guard pieces.count > 0 else {
      self.batch = nil
      return nil
    }
    var result = gatherer.gather(batch, sources)
    result.columns[slot] = pieces
    return result
  }

  private func appendPieces(_ texts: ColumnVector, _ limit: Int) {
    let text = texts.values(as: StringView.self)[row]
    guard texts.validity[row] != 0, text.length > 0 else {
      row += 1
      return
    }
    while pieces.count < limit {
      let found = separator.length == 0 ? nil : text.firstOffset(of: separator, from: offset)
      pieces.append(text.part(offset..<(found ?? Int(text.length))))
      sources.append(Int32(row))
      guard let found else {
        row += 1
        offset = 0
        return
      }
      offset = found + Int(separator.length)
    }
  }
}
