import Columnar

/// Makes several rows of one: one for each piece of a text between delimiters.
final class RowExpander: RowStage {
  private let argument: ExpressionNode
  private let separator: Separator
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
    separator = try Separator(expansion.kind)
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
    if let byte = separator.byte {
      appendPieces(between: byte, texts, rows: batch.count, limit)
    } else {
      sources.removeAll(keepingCapacity: true)
      while row < batch.count, pieces.count < limit { appendPieces(texts, limit) }
    }
    guard pieces.count > 0 else {
      self.batch = nil
      return nil
    }
    var result = gatherer.gather(batch, sources)
    result.columns[slot] = pieces
    return result
  }

  /// The pieces of as many rows as there is room for, where one byte separates.
  private func appendPieces(
    between byte: UInt8, _ texts: ColumnVector, rows: Int, _ limit: Int
  ) {
    pieces.reserve(limit)
    let (views, validity) = (texts.values(as: StringView.self), texts.validity)
    let target = pieces.values(as: StringView.self)
    var (row, offset) = (row, offset)
    sources = [Int32](unsafeUninitializedCapacity: limit) { sources, count in
      while row < rows, count < limit {
        let text = views[row]
        let length = validity[row] == 0 ? 0 : Int(text.length)
        if length == 0 {
          row &+= 1
          continue
        }
        while count < limit {
          let end = Self.first(byte, in: text.start, from: offset, to: length)
          target[count] = StringView(start: text.start + offset, length: end &- offset)
          sources[count] = Int32(truncatingIfNeeded: row)
          count &+= 1
          offset = end &+ 1
          if end == length {
            row &+= 1
            offset = 0
            break
          }
        }
      }
    }
    pieces.count = sources.count
    (self.row, self.offset) = (row, offset)
  }

  /// Where `byte` is first, or `end`.
  @inline(__always)
  private static func first(
    _ byte: UInt8, in bytes: UnsafePointer<UInt8>, from start: Int, to end: Int
  ) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let pattern = UInt64(byte) &* ones
    var position = start
    while position &+ 8 <= end {
      let word = UnsafeRawPointer(bytes + position).loadUnaligned(as: UInt64.self)
      let differences = UInt64(littleEndian: word) ^ pattern
      // The lowest mark is at the first byte that is zero.
      let marks = (differences &- ones) & ~differences & (ones &<< 7)
      if marks != 0 { return position &+ marks.trailingZeroBitCount &>> 3 }
      position &+= 8
    }
    while position < end, bytes[position] != byte { position &+= 1 }
    return position
  }

  private func appendPieces(_ texts: ColumnVector, _ limit: Int) {
    let text = texts.values(as: StringView.self)[row]
    guard texts.validity[row] != 0, text.length > 0 || separator.isPattern else {
      row += 1
      return
    }
    if offset == 0 { separator.begin(text) }
    while pieces.count < limit {
      let found = separator.next(in: text, from: offset)
      pieces.append(text.part(offset..<(found?.lowerBound ?? Int(text.length))))
      sources.append(Int32(row))
      guard let found else {
        row += 1
        offset = 0
        return
      }
      offset = found.upperBound
    }
  }
}
