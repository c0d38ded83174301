import Columnar

/// Words for values that are not of their column's type.
struct ValueProblems {
  /// Words that often stand for a missing value, in lower case.
  private static let missing: Set<String> = [
    "", "na", "n/a", "null", "nil", "none", "nan", "-", "--", "?", ".", "\\n", "#n/a", "missing",
  ]

  let columns: [InputColumn]
  /// For each slot the field's number in its record, counted from 1, where records have an order.
  let fields: [Int?]
  let nulls: [String]
  let format: InputFormat

  /// The error for a field's text in `slot` of the record at `recordOffset`.
  func error(
    slot: Int, text: UnsafeBufferPointer<UInt8>, recordOffset: Int
  ) -> ScanError {
    let column = columns[slot]
    let message =
      column.type == .text ? notUTF8(column, text) : mismatch(column, text)
    return ScanError(message, recordOffset: recordOffset, field: fields[slot])
  }

  private func notUTF8(_ column: InputColumn, _ text: UnsafeBufferPointer<UInt8>) -> String {
    guard let start = text.baseAddress else { return "column \(column.name) is not UTF-8" }
    let bad = UTF8Check.firstInvalid(start, text.count)
    let byte = Printable.hex(bad < text.count ? text[bad] : 0)
    return "column \(column.name) is not UTF-8: byte 0x\(byte) at byte \(bad + 1) of the value; "
      + "convert the file, for instance with iconv -f latin1 -t utf-8, or leave such records out "
      + "with on_bad_record: skip"
  }

  private func mismatch(_ column: InputColumn, _ bytes: UnsafeBufferPointer<UInt8>) -> String {
    let shown = Printable.text(bytes, limit: 40)
    let origin =
      column.isDeclared
      ? "which source.columns declares" : "the type inferred from the first records"
    let name = Printable.yaml(column.name)
    return "column \(column.name): '\(shown)' is not \(column.type.name), \(origin); "
      + remedy(name: name, type: column.type, bytes)
  }

  private func remedy(
    name: String, type: ColumnType, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> String {
    let text = String(decoding: bytes.prefix(40), as: UTF8.self)
    if case .delimited = format.kind, Self.missing.contains(text.lowercased()) {
      let words = (nulls + [text]).map(Printable.yaml).joined(separator: ", ")
      return "if it means that there is no value, add nulls: [\(words)] to the source, "
        + "otherwise columns: { \(name): text }"
    }
    let isInteger = type == .bigint || type == .integer
    let isNumber = bytes.baseAddress.map { ValueParser.double($0, bytes.count) != nil } ?? false
    let better = isInteger && isNumber ? "double" : "text"
    return "set columns: { \(name): \(better) } in the source, or leave such records out with "
      + "on_bad_record: skip"
  }
}
