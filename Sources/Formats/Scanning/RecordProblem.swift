/// What is wrong with the structure of a record of delimited text.
struct RecordProblem {
  /// What is wrong and what to do.
  let message: String
  /// The field at fault, counted from 1.
  let field: Int?

  /// A record with another number of fields than the schema.
  static func ragged(found: Int, expected: Int, hasHeader: Bool) -> RecordProblem {
    let fields = found == 1 ? "1 field" : "\(found) fields"
    return RecordProblem(
      message: "the record has \(fields), the \(hasHeader ? "header" : "first record") has "
        + "\(expected); correct the record, check source.delimiter, or leave such records out "
        + "with on_bad_record: skip",
      field: min(found, expected) + (found > expected ? 1 : 0))
  }

  /// A quote that nothing closes before the partition's end.
  static func unclosedQuote(field: Int) -> RecordProblem {
    RecordProblem(
      message: "the quote that opens field \(field) is never closed; close it, or set "
        + "source.quote: none if quotes mean nothing in this file",
      field: field)
  }

  /// Something other than a delimiter or a line ending behind a closing quote.
  static func textAfterQuote(field: Int) -> RecordProblem {
    RecordProblem(
      message: "field \(field) goes on after its closing quote; double the quotes inside it, or "
        + "set source.quote: none if quotes mean nothing in this file",
      field: field)
  }

  /// A record that is longer than the format allows.
  static func tooLong(_ maxRecord: Int) -> RecordProblem {
    RecordProblem(
      message: "the record is longer than \(ByteCount(maxRecord)); raise source.max_record",
      field: nil)
  }
}
