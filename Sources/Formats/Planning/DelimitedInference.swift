import Columnar
import Operators

/// Infers the types of columns of delimited text from samples.
struct DelimitedInference {
  private let scan: any BatchScan
  private let nulls: NullWords
  private let vector: ColumnVector
  private var evidence: [TypeEvidence]

  /// Looks at `columns` columns; records with another number of fields tell nothing.
  init(options: CSVOptions, maxRecord: Int, columns: Int) {
    let format = InputFormat(.delimited(options), maxRecord: maxRecord, onBadRecord: .skip)
    let schema = InputSchema(
      columns: (0..<columns).map { InputColumn(name: "c\($0 + 1)", type: .text) })
    scan = makeScan(format: format, schema: schema, needed: Array(0..<columns))
    nulls = NullWords(options.nulls)
    vector = ColumnVector(type: .text, capacity: DelimitedIndex.largestBatch)
    evidence = Array(repeating: TypeEvidence(), count: columns)
  }

  /// The types that everything taken in allows.
  var types: [ColumnType] { evidence.map(\.type) }

  /// Takes in a sample.
  mutating func observe(_ sample: FileSample) throws(ScanError) {
    let end = sample.isCut ? try lastRecord(sample.bytes) : sample.bytes.count
    let bytes = Array(sample.bytes.prefix(end))
    try bytes.withUnsafeBufferPointer { buffer throws(ScanError) in
      scan.begin(.bytes(UnsafeRawBufferPointer(buffer)), owner: nil)
      while try scan.nextRows(limit: DelimitedIndex.largestBatch) > 0 {
        for slot in evidence.indices { try observe(slot: slot) }
      }
    }
    vector.removeAll()
  }

  private mutating func observe(slot: Int) throws(ScanError) {
    try scan.decode(slot: slot, into: vector)
    let views = vector.values(as: StringView.self)
    for row in 0..<vector.count where vector.validity[row] != 0 {
      let value = views[row].bytes
      // A word for NULL in quotes says nothing about the type either.
      if let start = value.baseAddress, nulls.contains(start, value.count) { continue }
      evidence[slot].observe(value)
    }
  }

  /// Where the last record of a sample starts, which may be cut off; 0 where none is complete.
  private func lastRecord(_ bytes: [UInt8]) throws(ScanError) -> Int {
    var last = 0
    try bytes.withUnsafeBufferPointer { buffer throws(ScanError) in
      scan.begin(.bytes(UnsafeRawBufferPointer(buffer)), owner: nil)
      while true {
        let rows = try scan.nextRows(limit: DelimitedIndex.largestBatch)
        if rows == 0 { return }
        last = scan.recordOffset(row: rows - 1)
      }
    }
    return last
  }
}
