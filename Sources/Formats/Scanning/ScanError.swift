/// Why a record cannot be read.
package struct ScanError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong and what to do, without the place.
  package var message: String
  /// Byte offset of the record's start, counted from the partition's start.
  package var recordOffset: Int
  /// The field at fault within its record, counted from 1, where there is one.
  package var field: Int?

  /// An error in the record at `recordOffset`.
  package init(_ message: String, recordOffset: Int, field: Int? = nil) {
    self.message = message
    self.recordOffset = recordOffset
    self.field = field
  }

  /// The message.
  package var description: String { message }
}
