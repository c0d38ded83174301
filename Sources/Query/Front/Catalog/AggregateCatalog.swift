import Columnar

/// The aggregates of the dialect by PostgreSQL's names.
enum AggregateCatalog {
  /// One overload of an aggregate of one argument.
  struct Signature: Sendable {
    /// The argument's type; what is passed is converted to it.
    var parameter: ColumnType
    /// The result's type.
    var result: ColumnType
  }

  /// An aggregate and its overloads.
  struct Entry: Sendable {
    var function: AggregateFunction
    /// `nil` when any type will do and the result is a bigint: `count`.
    var signatures: [Signature]?
  }

  /// The aggregate called `name`.
  static func aggregate(named name: String) -> Entry? { all[name] }

  /// All names, for suggestions.
  static var names: [String] { all.keys.sorted() }

  private static let all: [String: Entry] = [
    "count": Entry(function: .count, signatures: nil),
    "sum": Entry(
      function: .sum,
      signatures: [
        Signature(parameter: .integer, result: .bigint),
        Signature(parameter: .bigint, result: .numeric),
        Signature(parameter: .numeric, result: .numeric),
        Signature(parameter: .double, result: .double),
        Signature(parameter: .interval, result: .interval),
      ]),
    "avg": Entry(
      function: .avg,
      signatures: [
        Signature(parameter: .integer, result: .numeric),
        Signature(parameter: .bigint, result: .numeric),
        Signature(parameter: .numeric, result: .numeric),
        Signature(parameter: .double, result: .double),
        Signature(parameter: .interval, result: .interval),
      ]),
    "min": extreme(.min), "max": extreme(.max),
    "stddev": spread(.stddevSamp), "stddev_samp": spread(.stddevSamp),
    "stddev_pop": spread(.stddevPop), "variance": spread(.varSamp), "var_samp": spread(.varSamp),
    "var_pop": spread(.varPop),
    "bool_and": truth(.boolAnd), "every": truth(.boolAnd), "bool_or": truth(.boolOr),
  ]

  private static func extreme(_ function: AggregateFunction) -> Entry {
    Entry(
      function: function,
      signatures: ColumnType.allCases.filter { $0 != .boolean }.map {
        Signature(parameter: $0, result: $0)
      })
  }

  /// In double precision whatever the argument; PostgreSQL gives numeric for whole numbers and
  /// numeric.
  private static func spread(_ function: AggregateFunction) -> Entry {
    Entry(function: function, signatures: [Signature(parameter: .double, result: .double)])
  }

  private static func truth(_ function: AggregateFunction) -> Entry {
    Entry(function: function, signatures: [Signature(parameter: .boolean, result: .boolean)])
  }
}
