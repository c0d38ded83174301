package import Columnar
package import Operators

/// Turns partitions into columns, a batch of rows at a time, decoding only what is asked for.
///
/// A scan is made once for a stage and used for one partition after the other by one thread:
/// ``begin(_:owner:)``, then ``nextRows(limit:)`` until it answers 0. After each answer the columns
/// of those rows can be decoded, all rows or some, in any order and any number of times, so that a
/// filter's columns are decoded before the others and the others only for rows that pass.
package protocol BatchScan: AnyObject {
  /// The types of the needed columns; a *slot* is a position in this list.
  var types: [ColumnType] { get }

  /// Records of this partition left out because they were bad (`on_bad_record: skip`).
  var skipped: Int { get }

  /// Starts with a partition, forgetting the one before.
  ///
  /// - Parameters:
  ///   - content: the data; stays valid until the next `begin`.
  ///   - owner: what keeps the data alive; handed on to decoded text columns. Without one the
  ///     caller sees to it that the data outlives them.
  func begin(_ content: PartitionInput.Content, owner: AnyObject?)

  /// Goes on to the next batch.
  ///
  /// - Parameter limit: the most rows wanted, at least 1; the scan may answer fewer.
  /// - Returns: the batch's rows; 0 at the partition's end.
  /// - Throws: ``ScanError`` for a record that does not have the format's structure.
  func nextRows(limit: Int) throws(ScanError) -> Int

  /// Decodes the column in `slot` for every row of the batch.
  ///
  /// - Parameter vector: a vector of the slot's type; its previous values are forgotten.
  /// - Throws: ``ScanError`` for the first value that is not of the column's type.
  func decode(slot: Int, into vector: ColumnVector) throws(ScanError)

  /// Decodes the column in `slot` for the rows listed, so that value *i* is that of `rows[i]`.
  ///
  /// - Parameters:
  ///   - rows: indexes of rows in the batch, in any order.
  ///   - vector: a vector of the slot's type; its previous values are forgotten.
  /// - Throws: ``ScanError`` for the first value that is not of the column's type.
  func decode(
    slot: Int, rows: UnsafeBufferPointer<Int32>, into vector: ColumnVector) throws(ScanError)

  /// Where the record of a row of the batch starts, in bytes from the partition's start (in numbers
  /// for a range).
  func recordOffset(row: Int) -> Int
}

/// Makes the scan for a format.
///
/// - Parameters:
///   - format: any but `bytes`, which has no records.
///   - schema: every column of the source.
///   - needed: indexes into `schema` of the columns that will be decoded, in slot order.
package func makeScan(
  format: InputFormat, schema: InputSchema, needed: [Int]
) -> any BatchScan {
  switch format.kind {
  case .delimited(let options):
    DelimitedScan(
      DelimitedIndex(format: format, options: options, schema: schema, needed: needed),
      format: format,
      escapes: options.quote.map { .doubled(quote: $0) } ?? .none, nulls: options.nulls,
      columns: needed.map { schema.columns[$0] }, fields: needed.map { $0 + 1 })
  case .jsonLines:
    JSONLinesScan(
      JSONLinesIndex(format: format, keys: needed.map { schema.columns[$0].name }),
      format: format, escapes: .json, nulls: [],
      columns: needed.map { schema.columns[$0] }, fields: needed.map { _ in nil })
  case .text:
    TextScan(
      TextIndex(format: format), format: format, escapes: .none, nulls: [],
      columns: needed.map { schema.columns[$0] }, fields: needed.map { _ in nil })
  case .range: RangeScan(slots: needed.count)
  case .bytes: preconditionFailure("bytes have no records to scan")
  }
}

/// The scan of csv and tsv.
package typealias DelimitedScan = IndexedScan<DelimitedIndex>
/// The scan of JSON Lines.
package typealias JSONLinesScan = IndexedScan<JSONLinesIndex>
/// The scan of plain lines.
package typealias TextScan = IndexedScan<TextIndex>
