/// What reading one record of delimited text found.
struct ParsedRecord {
  /// Behind the last byte, without the line ending.
  var end: Int
  /// Where the next record starts.
  var next: Int
  /// Fields the record has.
  var fields: Int
  /// The first thing that is wrong with quotes.
  var problem: RecordProblem?
}
