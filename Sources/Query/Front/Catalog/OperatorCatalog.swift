import Columnar

/// The operators of the dialect.
enum OperatorCatalog {
  /// Overloads of a binary operator, or `nil` for one that is not supported.
  static func binary(_ name: String) -> [FunctionSignature]? { binaries[name] }

  /// Overloads of a prefix operator, or `nil` for one that is not supported.
  static func prefix(_ name: String) -> [FunctionSignature]? { prefixes[name] }

  /// All of them by name.
  static var all: (binaries: [String: [FunctionSignature]], prefixes: [String: [FunctionSignature]])
  {
    (binaries, prefixes)
  }

  /// The operator as SQL usually writes it.
  static func shown(_ name: String) -> String {
    switch name {
    case "~~": "LIKE"
    case "~~*": "ILIKE"
    default: name
    }
  }

  /// What an operator that is not supported does, where that helps.
  static func refusal(_ name: String) -> String {
    switch name {
    case "~", "~*", "!~", "!~*": "regular expressions (operator \(name)) are"
    case "->", "->>", "#>", "#>>", "@>", "<@", "?": "json and array operators (\(name)) are"
    case "&", "|", "#", "<<", ">>": "bit operators (\(name)) are"
    default: "operator \(name) is"
    }
  }

  private static let numbers: [ColumnType] = [.integer, .bigint, .numeric, .double]

  private static let binaries: [String: [FunctionSignature]] = [
    "+": arithmetic(.add) + [
      FunctionSignature([.date, .integer], .date, .addDays),
      FunctionSignature([.integer, .date], .date, .reversed(.addDays)),
      FunctionSignature([.interval, .interval], .interval, .add),
    ] + moving(.addInterval) + moving(.addInterval, reversed: true),
    "-": arithmetic(.subtract) + [
      FunctionSignature([.date, .integer], .date, .subtractDays),
      FunctionSignature([.date, .date], .integer, .daysBetween),
      FunctionSignature([.timestamp, .timestamp], .interval, .timeBetween),
      FunctionSignature([.timestamptz, .timestamptz], .interval, .timeBetween),
      FunctionSignature([.interval, .interval], .interval, .subtract),
    ] + moving(.subtractInterval),
    "*": arithmetic(.multiply) + [
      FunctionSignature([.interval, .double], .interval, .multiplyInterval),
      FunctionSignature([.double, .interval], .interval, .reversed(.multiplyInterval)),
    ],
    "/": arithmetic(.divide) + [
      FunctionSignature([.interval, .double], .interval, .divideInterval)
    ],
    "%": [ColumnType.integer, .bigint, .numeric].map {
      FunctionSignature([$0, $0], $0, .modulo)
    },
    "^": FunctionCatalog.power,
    "||": [FunctionSignature([.text, .text], .text, .concatenate)],
    "=": comparison(.equal), "<>": comparison(.notEqual), "<": comparison(.less),
    "<=": comparison(.lessOrEqual), ">": comparison(.greater), ">=": comparison(.greaterOrEqual),
    "~~": [FunctionSignature([.text, .text], .boolean, .like)],
    "~~*": [FunctionSignature([.text, .text], .boolean, .ilike)],
  ]

  private static let prefixes: [String: [FunctionSignature]] = [
    "-": (numbers + [.interval]).map { FunctionSignature([$0], $0, .negate) },
    "+": numbers.map { FunctionSignature([$0], $0, .identity) },
    "@": numbers.map { FunctionSignature([$0], $0, .abs) },
  ]

  /// Dates and times moved by an interval, which stands first when it is `reversed`.
  private static func moving(
    _ function: Function, reversed: Bool = false
  ) -> [FunctionSignature] {
    [ColumnType.date, .timestamp, .timestamptz].map { time in
      let result = time == .date ? .timestamp : time
      return reversed
        ? FunctionSignature([.interval, time], result, .reversed(function))
        : FunctionSignature([time, .interval], result, function)
    }
  }

  private static func arithmetic(_ function: Function) -> [FunctionSignature] {
    numbers.map { FunctionSignature([$0, $0], $0, function) }
  }

  private static func comparison(_ function: Function) -> [FunctionSignature] {
    ColumnType.allCases.map { FunctionSignature([$0, $0], .boolean, function) }
  }
}
