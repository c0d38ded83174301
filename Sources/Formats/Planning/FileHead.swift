import Columnar
import Operators

/// What stands at the beginning of a file: a byte-order mark, and for delimited text a first record.
struct FileHead {
  /// Offset behind the byte-order mark.
  private(set) var start: Int64 = 0
  /// Offset behind the first record; the same as ``start`` in a file without bytes behind the mark.
  private(set) var end: Int64 = 0
  /// The fields of the first record of delimited text; `nil` in a file without bytes.
  private(set) var fields: [String]?

  /// Reads the head of `file`.
  init(_ file: SourceFile, format: InputFormat) throws(SourceError) {
    if case .bytes = format.kind { return }
    let reader = try FileReader(path: file.path, planned: file)
    start = try Self.byteOrderMark(reader)
    end = start
    guard case .delimited(let options) = format.kind, start < file.size else { return }
    end = file.size
    if start + 1 < file.size {
      let boundary = makeRecordBoundary(format, reader)
      end = try boundary.end(from: start, atOrAfter: start + 1)
    }
    let count = Int(end - start)
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 16)
    defer { memory.deallocate() }
    guard let base = memory.baseAddress else { return }
    try reader.readExactly(into: base, count: count, at: start)
    do throws(ScanError) {
      fields = try Self.split(UnsafeRawBufferPointer(memory), options, maxRecord: format.maxRecord)
    } catch {
      throw SourceError(
        path: file.path, offset: start, message: "in the first record: \(error.message)")
    }
  }

  /// Length of a UTF-8 byte-order mark at the file's beginning: 3 or 0.
  private static func byteOrderMark(_ reader: FileReader) throws(SourceError) -> Int64 {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    guard reader.file.size >= mark.count else { return 0 }
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: mark.count, alignment: 1)
    defer { memory.deallocate() }
    guard let base = memory.baseAddress else { return 0 }
    try reader.readExactly(into: base, count: mark.count, at: 0)
    return memory.elementsEqual(mark) ? Int64(mark.count) : 0
  }

  /// The fields of the record that `bytes` are.
  private static func split(
    _ bytes: UnsafeRawBufferPointer, _ options: CSVOptions, maxRecord: Int
  ) throws(ScanError) -> [String] {
    var plain = options
    plain.nulls = []
    let format = InputFormat(.delimited(plain), maxRecord: maxRecord)
    let one = InputSchema(columns: [InputColumn(name: "c1", type: .text)])
    let counter = DelimitedIndex(format: format, options: plain, schema: one, needed: [])
    counter.begin(bytes)
    let count = counter.parseRecord(at: 0).fields
    let schema = InputSchema(
      columns: (0..<count).map { InputColumn(name: "c\($0 + 1)", type: .text) })
    let scan = makeScan(format: format, schema: schema, needed: Array(0..<count))
    scan.begin(.bytes(bytes), owner: nil)
    guard try scan.nextRows(limit: 1) == 1 else { return [] }
    let vector = ColumnVector(type: .text, capacity: 1)
    var fields: [String] = []
    for slot in 0..<count {
      try scan.decode(slot: slot, into: vector)
      fields.append(String(decoding: vector.values(as: StringView.self)[0].bytes, as: UTF8.self))
    }
    return fields
  }
}
