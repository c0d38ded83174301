import Columnar

/// `approx_count_distinct`: a ``DistinctSketch`` for each group. A partial state is its bytes, in a
/// column of text.
final class DistinctSketchState: AggregateState {
  private var sketches: [DistinctSketch] = []
  private var hashes: [UInt64] = []

  init() { super.init(partialTypes: [.text]) }

  override func grow(to groups: Int) {
    while sketches.count < groups { sketches.append(DistinctSketch()) }
  }

  override func update(_ input: AggregateInput) throws(EvaluationError) {
    guard let argument = input.argument else { return }
    if hashes.count < argument.count { hashes = [UInt64](repeating: 0, count: argument.count) }
    hashes.withUnsafeMutableBufferPointer { hashes in
      guard let start = hashes.baseAddress else { return }
      argument.hash(into: start, combine: false)
      input.forEachValue { row, group in sketches[group].insert(start[row]) }
    }
  }

  override func columns() -> [ColumnVector] {
    let column = ColumnVector(type: .text, capacity: sketches.count)
    let arena = ByteArena()
    column.owners.append(arena)
    for group in sketches.indices {
      sketches[group].encoded().withUnsafeBufferPointer { bytes in
        guard let start = bytes.baseAddress, !bytes.isEmpty else {
          column.append(StringView.empty)
          return
        }
        column.append(arena.copy(StringView(start: start, length: bytes.count)))
      }
    }
    return [column]
  }

  override func merge(_ columns: [ColumnVector], into groups: [UInt32]) throws(EvaluationError) {
    let views = columns[0].values(as: StringView.self)
    for (index, group) in groups.enumerated() {
      guard let sketch = DistinctSketch(encoded: views[index].bytes) else {
        throw EvaluationError(
          row: index, "a partial result is damaged: it has no sketch for group \(index)")
      }
      sketches[Int(group)].merge(sketch)
    }
  }

  override func finish() throws(EvaluationError) -> ColumnVector {
    let result = ColumnVector(type: .bigint, capacity: sketches.count)
    for group in sketches.indices { result.append(sketches[group].estimate()) }
    return result
  }
}
