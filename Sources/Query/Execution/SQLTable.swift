import Columnar
package import Formats
import Operators

#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif

/// A table of the topology, whole: it travels to each worker with the query.
package struct SQLTable: Codable, Sendable, Equatable {
  /// What queries call it.
  package var name: String
  /// How its bytes become records; records only, without a header.
  package var format: InputFormat
  /// Its columns.
  package var schema: InputSchema
  /// Its records.
  package var records: Data

  package init(name: String, format: InputFormat, schema: InputSchema, records: Data) {
    self.name = name
    self.format = format
    self.schema = schema
    self.records = records
  }

  /// Reads all rows.
  ///
  /// - Throws: ``SQLError`` for a record that is none.
  func rows() throws(SQLError) -> Batch {
    let scan = makeScan(
      format: format, schema: schema, needed: Array(schema.columns.indices))
    let rows = RowBuffer(types: scan.types)
    let vectors = scan.types.map { ColumnVector(type: $0, capacity: 0) }
    let bytes = Array(records)
    do throws(ScanError) {
      try bytes.withUnsafeBufferPointer { bytes throws(ScanError) in
        scan.begin(.bytes(UnsafeRawBufferPointer(bytes)), owner: nil)
        while true {
          let count = try scan.nextRows(limit: RowReader.batchRows)
          if count == 0 { return }
          for slot in vectors.indices { try scan.decode(slot: slot, into: vectors[slot]) }
          rows.append(Batch(columns: vectors, count: count))
        }
      }
    } catch {
      let line = bytes.prefix(error.recordOffset).count { $0 == 0x0A } + 1
      throw SQLError(
        position: nil, "table \(name), record \(line): \(error.message)")
    }
    return rows.batch
  }
}
