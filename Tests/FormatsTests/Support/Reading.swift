import Columnar
import Operators

@testable import Formats

/// Rows as text, `nil` for NULL: what a user would see.
typealias Rows = [[String?]]

/// A schema of columns given by name and type.
func schema(_ columns: (String, ColumnType)...) -> InputSchema {
  InputSchema(columns: columns.map { InputColumn(name: $0.0, type: $0.1) })
}

/// Reads every needed column of every row of `bytes`.
///
/// - Parameter skipped: receives the number of records left out.
func read(
  _ bytes: [UInt8], _ format: InputFormat, _ schema: InputSchema, needed: [Int]? = nil,
  limit: Int = 2048, skipped: inout Int
) throws(ScanError) -> Rows {
  let needed = needed ?? Array(schema.columns.indices)
  let scan = makeScan(format: format, schema: schema, needed: needed)
  var rows: Rows = []
  // An exact copy, so that reading beyond the end would be found by a sanitizer.
  let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
  memory.copyBytes(from: bytes)
  defer { memory.deallocate() }
  scan.begin(.bytes(UnsafeRawBufferPointer(memory)), owner: nil)
  let vectors = scan.types.map { ColumnVector(type: $0, capacity: 1) }
  while true {
    let count = try scan.nextRows(limit: limit)
    if count == 0 { break }
    for (slot, vector) in vectors.enumerated() { try scan.decode(slot: slot, into: vector) }
    for row in 0..<count { rows.append(vectors.map { text(of: $0, row) }) }
  }
  skipped = scan.skipped
  return rows
}

func read(
  _ text: String, _ format: InputFormat, _ schema: InputSchema, needed: [Int]? = nil,
  limit: Int = 2048
) throws(ScanError) -> Rows {
  var skipped = 0
  return try read(
    Array(text.utf8), format, schema, needed: needed, limit: limit, skipped: &skipped)
}

/// The message of the error that reading `text` ends with, or `nil`.
func failure(
  _ text: String, _ format: InputFormat, _ schema: InputSchema
) -> ScanError? {
  do throws(ScanError) {
    _ = try read(text, format, schema)
    return nil
  } catch {
    return error
  }
}

func text(of vector: ColumnVector, _ row: Int) -> String? {
  if vector.isNull(row) { return nil }
  if vector.type == .text {
    return String(decoding: vector.values(as: StringView.self)[row].bytes, as: UTF8.self)
  }
  return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 64) { buffer in
    let count = ValueText.write(vector, row, to: buffer.baseAddress!)
    return String(decoding: buffer.prefix(count), as: UTF8.self)
  }
}

/// All partitions of planned files.
func partitions(
  _ input: PlannedInput, _ format: InputFormat, _ size: Int
) throws -> [PartitionSlice] {
  var source = FileSource(input, format: format, partition: size)
  var slices: [PartitionSlice] = []
  while let slice = try next(&source) { slices.append(slice) }
  return slices
}

private func next(_ source: inout some PartitionSource) throws -> PartitionSlice? {
  try source.next()
}

/// The bytes of each slice of a file's bytes.
func pieces(_ slices: [PartitionSlice], of bytes: [UInt8]) -> [[UInt8]] {
  slices.map { slice in
    guard case .file(_, let offset, let length) = slice else { return [] }
    return Array(bytes[Int(offset)..<Int(offset) + length])
  }
}

/// Plans files and answers the error's text, or `nil`.
func planFailure(
  _ paths: [String], _ format: InputFormat, _ overrides: [ColumnOverride] = []
) -> InputPlanError? {
  do throws(InputPlanError) {
    _ = try InputPlanner(format: format, overrides: overrides).plan(paths: paths)
    return nil
  } catch {
    return error
  }
}

/// A csv format with these options.
func csv(
  delimiter: Character = ",", quote: UInt8? = UInt8(ascii: "\""), header: Bool = true,
  nulls: [String] = [""], maxRecord: Int = InputFormat.defaultMaxRecord,
  onBadRecord: BadRecordPolicy = .fail
) -> InputFormat {
  InputFormat(
    .delimited(
      CSVOptions(
        delimiter: delimiter.asciiValue!, quote: quote, header: header, nulls: nulls)),
    maxRecord: maxRecord, onBadRecord: onBadRecord)
}
