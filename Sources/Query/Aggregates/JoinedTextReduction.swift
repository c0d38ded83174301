import Columnar

/// `string_agg`: the texts of a group, each but the first after its row's delimiter.
struct JoinedTextReduction: KeptRowsReduction {
  func reduce(_ kept: KeptRows) throws(EvaluationError) -> ColumnVector {
    let result = ColumnVector(type: .text, capacity: kept.groupCount)
    let arena = ByteArena()
    result.owners.append(arena)
    let texts = kept.columns[0].values(as: StringView.self)
    let delimiters = kept.columns[1]
    let separators = delimiters.values(as: StringView.self)
    for group in 0..<kept.groupCount {
      let rows = kept.rows(of: group)
      guard let first = rows.first else {
        result.appendNull()
        continue
      }
      var length = Int(texts[Int(first)].length)
      for row in rows.dropFirst() {
        length += Int(texts[Int(row)].length)
        if !delimiters.isNull(Int(row)) { length += Int(separators[Int(row)].length) }
      }
      var builder: TextBuilder
      do {
        builder = try TextBuilder(arena, capacity: length)
      } catch {
        throw EvaluationError(row: group, error.message)
      }
      builder.append(texts[Int(first)])
      for row in rows.dropFirst() {
        if !delimiters.isNull(Int(row)) { builder.append(separators[Int(row)]) }
        builder.append(texts[Int(row)])
      }
      result.append(builder.view)
    }
    return result
  }
}
