/// Finds where the records and fields of a batch lie: the part of a scan that differs by format.
package protocol RecordIndex: AnyObject {
  /// The most rows a batch can have.
  var capacity: Int { get }

  /// Where the batch lies in the partition, in bytes.
  var batch: Range<Int> { get }

  /// Records left out since ``begin(_:)`` because their structure was bad.
  var skipped: Int { get }

  /// Starts with a partition.
  func begin(_ bytes: UnsafeRawBufferPointer)

  /// Finds the next batch's records, at most `limit`, and answers how many; 0 at the end.
  func scan(limit: Int) throws(ScanError) -> Int

  /// Writes where the fields in `slot` lie, for the rows listed or for the first `count` rows.
  func locate(
    slot: Int, rows: UnsafeBufferPointer<Int32>?, count: Int, into spans: inout FieldSpans)

  /// Keeps only the rows of the batch marked 1 and answers how many these are.
  func keep(_ marks: UnsafePointer<UInt8>, count: Int) -> Int

  /// Where the record of a row starts, in bytes from the partition's start.
  func recordOffset(row: Int) -> Int
}
