/// How delimited text is written (RFC 4180, with `\n` between records).
package struct DelimitedOutput: Codable, Sendable, Equatable {
  /// The byte between fields; ASCII, neither a double quote nor a line ending.
  package var delimiter: UInt8
  /// Whether a record with the columns' names stands before the rows.
  package var header: Bool
  /// What is written for NULL; a value that reads the same is quoted.
  package var null: String

  /// Options of delimited text; by default csv as ``CSVOptions`` reads it.
  package init(delimiter: UInt8 = UInt8(ascii: ","), header: Bool = true, null: String = "") {
    self.delimiter = delimiter
    self.header = header
    self.null = null
  }
}
