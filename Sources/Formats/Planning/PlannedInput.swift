package import Operators

/// A source as it was found before the run: its files, its columns, where each file's records start.
package struct PlannedInput: Sendable, Equatable {
  /// The files in the order their records are read.
  package var files: [SourceFile]
  /// The columns of every file.
  package var schema: InputSchema
  /// For each file, the offset behind its byte-order mark and header.
  package var firstRecords: [Int64]

  package init(files: [SourceFile], schema: InputSchema, firstRecords: [Int64]) {
    self.files = files
    self.schema = schema
    self.firstRecords = firstRecords
  }
}
