/// Why an attempt, a role or a run failed: what happened, where, and what to do.
package struct Failure: Error, Sendable, Equatable, Hashable {
  /// Whether another attempt can help.
  package enum Kind: UInt8, Sendable, CaseIterable {
    /// The input data is at fault; the same everywhere.
    case data = 1
    /// The topology or an operator's configuration is at fault; the same everywhere.
    case configuration = 2
    /// The surroundings are at fault: files, memory, disk; another worker may succeed.
    case operating = 3
    /// The process doing it died.
    case death = 4
  }

  package var kind: Kind
  /// What happened and what to do, in one line without the place.
  package var message: String
  /// The source file's index, or -1 where there is none.
  package var file: Int32
  /// Byte offset in that file of the record at fault, or -1.
  package var offset: Int64
  /// The field at fault within its record, from 1; 0 where there is none.
  package var field: UInt32

  package init(
    _ kind: Kind, _ message: String, file: Int32 = -1, offset: Int64 = -1, field: UInt32 = 0
  ) {
    self.kind = kind
    self.message = message
    self.file = file
    self.offset = offset
    self.field = field
  }

  /// Whether every attempt would end the same way.
  package var isFinal: Bool { kind == .data || kind == .configuration }
}
