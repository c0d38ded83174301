/// A result to be stored.
package struct NewResult {
  /// Position of the partition in the stage's input, from 0.
  package var index: UInt32
  /// The result's digest, which the worker sent. Stored as it is and never compared with
  /// ``payload``, which is absent when results are discarded.
  package var digest: UInt64
  /// Records read.
  package var rows: UInt32
  /// Bad records left out.
  package var skipped: UInt32
  /// Rows in the result.
  package var outputRows: UInt32
  /// The bytes to keep; stays valid while ``ResultStore/append(_:)`` works.
  package var payload: UnsafeRawBufferPointer

  /// Describes a result; without a payload, the record alone is stored.
  package init(
    index: UInt32, digest: UInt64, rows: UInt32, skipped: UInt32, outputRows: UInt32,
    payload: UnsafeRawBufferPointer = UnsafeRawBufferPointer(start: nil, count: 0)
  ) {
    self.index = index
    self.digest = digest
    self.rows = rows
    self.skipped = skipped
    self.outputRows = outputRows
    self.payload = payload
  }
}
