/// How result rows are written.
package enum OutputFormat: Codable, Sendable, Equatable {
  /// Fields between delimiters: csv and tsv.
  case delimited(DelimitedOutput)
  /// One JSON object a line.
  case jsonLines
  /// The first column's text, one row a line.
  case text
  /// Aligned columns for a terminal; rendered by ``TableRenderer``.
  case table

  /// Comma-separated values with a header.
  package static var csv: OutputFormat { .delimited(DelimitedOutput()) }
  /// Tab-separated values with a header.
  package static var tsv: OutputFormat { .delimited(DelimitedOutput(delimiter: ASCII.tab)) }
}
