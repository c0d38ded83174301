/// How delimited text is written: csv, tsv and their relatives (RFC 4180).
package struct CSVOptions: Codable, Sendable, Equatable {
  /// The byte between fields.
  package var delimiter: UInt8
  /// The byte around fields that hold delimiters or newlines; `nil` where quotes mean nothing.
  package var quote: UInt8?
  /// Whether the first record of each file names the columns.
  package var header: Bool
  /// Unquoted fields that equal one of these are NULL.
  package var nulls: [String]

  /// Options of delimited text.
  ///
  /// `delimiter` and `quote` must differ from each other and from the newline; see ``problem``.
  package init(
    delimiter: UInt8 = UInt8(ascii: ","), quote: UInt8? = UInt8(ascii: "\""), header: Bool = true,
    nulls: [String] = [""]
  ) {
    self.delimiter = delimiter
    self.quote = quote
    self.header = header
    self.nulls = nulls
  }

  /// Commas, double quotes, a header, and empty fields as NULL.
  package static var csv: CSVOptions { CSVOptions() }
  /// As ``csv`` with tabs.
  package static var tsv: CSVOptions { CSVOptions(delimiter: UInt8(ascii: "\t")) }

  /// Why these options cannot be carried out, or `nil` when they can.
  package var problem: String? {
    for (name, byte) in [("delimiter", delimiter), ("quote", quote ?? 0x20)] {
      if byte == ASCII.newline || byte == ASCII.carriageReturn {
        return "the \(name) cannot be a line ending"
      }
      if byte >= 0x80 { return "the \(name) must be an ASCII character" }
    }
    return quote == delimiter ? "the delimiter and the quote must differ" : nil
  }
}
