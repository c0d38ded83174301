import Columnar

/// A window function that is no aggregate.
struct WindowFunction {
  var kind: WindowCall.Kind
  /// How many arguments it takes.
  var arguments: ClosedRange<Int>
  /// The result's type, or `nil` for that of the first argument.
  var result: ColumnType?
  /// How it is called.
  var help: String

  /// Whether an argument is a count, not a value.
  func isCount(_ argument: Int) -> Bool {
    kind == .buckets ? argument == 0 : argument == 1
  }

  /// The function called `name`, or `nil`.
  static func named(_ name: String) -> WindowFunction? { all[name] }

  private static let all: [String: WindowFunction] = [
    "row_number": plain(.rowNumber, .bigint, "row_number()"),
    "rank": plain(.rank, .bigint, "rank()"),
    "dense_rank": plain(.denseRank, .bigint, "dense_rank()"),
    "percent_rank": plain(.percentRank, .double, "percent_rank()"),
    "cume_dist": plain(.cumulativeDistribution, .double, "cume_dist()"),
    "ntile": WindowFunction(
      kind: .buckets, arguments: 1...1, result: .integer, help: "there is ntile(integer)"),
    "lag": WindowFunction(
      kind: .lag, arguments: 1...3, result: nil,
      help: "there is lag(value [, integer [, default]])"),
    "lead": WindowFunction(
      kind: .lead, arguments: 1...3, result: nil,
      help: "there is lead(value [, integer [, default]])"),
    "first_value": WindowFunction(
      kind: .firstValue, arguments: 1...1, result: nil, help: "there is first_value(value)"),
    "last_value": WindowFunction(
      kind: .lastValue, arguments: 1...1, result: nil, help: "there is last_value(value)"),
    "nth_value": WindowFunction(
      kind: .nthValue, arguments: 2...2, result: nil, help: "there is nth_value(value, integer)"),
  ]

  private static func plain(
    _ kind: WindowCall.Kind, _ result: ColumnType, _ shown: String
  ) -> WindowFunction {
    WindowFunction(kind: kind, arguments: 0...0, result: result, help: "there is \(shown)")
  }
}
