import Operators

/// Finds where records end in one file.
protocol RecordBoundary: AnyObject {
  /// The end of the first record that ends at or after `target`.
  ///
  /// - Parameters:
  ///   - start: where a record starts.
  ///   - target: greater than `start` and less than the file's size.
  /// - Returns: the offset behind that record's newline, or the file's size.
  /// - Throws: ``SourceError`` when the file cannot be read, or when no record ends within
  ///   `maxRecord` bytes after `target`.
  func end(from start: Int64, atOrAfter target: Int64) throws(SourceError) -> Int64
}

/// Makes the boundary finder for a format.
func makeRecordBoundary(_ format: InputFormat, _ reader: FileReader) -> any RecordBoundary {
  if case .delimited(let options) = format.kind, let quote = options.quote {
    return QuotedBoundary(
      reader, quote: quote, delimiter: options.delimiter, maxRecord: format.maxRecord)
  }
  return LineBoundary(reader, maxRecord: format.maxRecord)
}
