import Columnar

/// The functions of the dialect by PostgreSQL's names.
enum FunctionCatalog {
  /// Overloads of a function, or `nil` for a name that is no function here.
  static func overloads(of name: String) -> [FunctionSignature]? { all[name] }

  /// All names, for suggestions.
  static var names: [String] { all.keys.sorted() + ["concat", "concat_ws", "string_to_table"] }

  /// `power` and `^`.
  ///
  /// PostgreSQL computes these and the roots and logarithms of numeric in numeric; here they are
  /// computed in double precision.
  static let power = [FunctionSignature([.double, .double], .double, .power)]

  private static let all: [String: [FunctionSignature]] =
    text.merging(numbers) { $0 + $1 }.merging(times) { $0 + $1 }

  private static let space: [Literal] = [.text(" ")]

  private static let text: [String: [FunctionSignature]] = [
    "lower": textFunction(.lower), "upper": textFunction(.upper),
    "initcap": textFunction(.initcap), "reverse": textFunction(.reverse),
    "length": measure(.length), "char_length": measure(.length),
    "character_length": measure(.length), "octet_length": measure(.octetLength),
    "ascii": measure(.ascii),
    "chr": [FunctionSignature([.integer], .text, .chr)],
    "substr": [
      FunctionSignature([.text, .integer], .text, .substring),
      FunctionSignature([.text, .integer, .integer], .text, .substring),
    ],
    "substring": [
      FunctionSignature([.text, .integer], .text, .substring),
      FunctionSignature([.text, .integer, .integer], .text, .substring),
      FunctionSignature([.text, .text], .text, pattern),
      FunctionSignature([.text, .text, .text], .text, pattern),
    ],
    "left": [FunctionSignature([.text, .integer], .text, .left)],
    "right": [FunctionSignature([.text, .integer], .text, .right)],
    "strpos": [FunctionSignature([.text, .text], .integer, .position)],
    "position": [FunctionSignature([.text, .text], .integer, .position)],
    "replace": [FunctionSignature([.text, .text, .text], .text, .replace)],
    "translate": [FunctionSignature([.text, .text, .text], .text, .translate)],
    "btrim": trimming(.trim), "ltrim": trimming(.trimLeading), "rtrim": trimming(.trimTrailing),
    "lpad": padding(.lpad), "rpad": padding(.rpad),
    "split_part": [FunctionSignature([.text, .text, .integer], .text, .splitPart)],
    "repeat": [FunctionSignature([.text, .integer], .text, .repeat)],
    "starts_with": [FunctionSignature([.text, .text], .boolean, .startsWith)],
  ]

  private static let numbers: [String: [FunctionSignature]] = [
    "abs": [ColumnType.integer, .bigint, .numeric, .double].map {
      FunctionSignature([$0], $0, .abs)
    },
    "sign": exact(.sign), "ceil": exact(.ceil), "ceiling": exact(.ceil), "floor": exact(.floor),
    "round": exact(.round) + [FunctionSignature([.numeric, .integer], .numeric, .round)],
    "trunc": exact(.trunc) + [FunctionSignature([.numeric, .integer], .numeric, .trunc)],
    "mod": [ColumnType.integer, .bigint, .numeric].map {
      FunctionSignature([$0, $0], $0, .modulo)
    },
    "power": power, "pow": power,
    "log": real(.log10) + [FunctionSignature([.double, .double], .double, .log)],
    "sqrt": real(.sqrt), "cbrt": real(.cbrt), "exp": real(.exp), "ln": real(.ln),
    "log10": real(.log10), "sin": real(.sin), "cos": real(.cos), "tan": real(.tan),
    "asin": real(.asin), "acos": real(.acos), "atan": real(.atan), "degrees": real(.degrees),
    "radians": real(.radians),
    "atan2": [FunctionSignature([.double, .double], .double, .atan2)],
    "pi": [FunctionSignature([], .double, .pi)],
  ]

  private static let pattern = FunctionSignature.Meaning.refused(
    "substring with a regular expression is", help: "use split_part(…) or strpos(…)")

  private static func textFunction(_ function: Function) -> [FunctionSignature] {
    [FunctionSignature([.text], .text, function)]
  }

  private static func measure(_ function: Function) -> [FunctionSignature] {
    [FunctionSignature([.text], .integer, function)]
  }

  private static func trimming(_ function: Function) -> [FunctionSignature] {
    [
      FunctionSignature([.text], .text, .function(function, defaults: space)),
      FunctionSignature([.text, .text], .text, function),
    ]
  }

  private static func padding(_ function: Function) -> [FunctionSignature] {
    [
      FunctionSignature([.text, .integer], .text, .function(function, defaults: space)),
      FunctionSignature([.text, .integer, .text], .text, function),
    ]
  }

  private static func exact(_ function: Function) -> [FunctionSignature] {
    [ColumnType.numeric, .double].map { FunctionSignature([$0], $0, function) }
  }

  private static func real(_ function: Function) -> [FunctionSignature] {
    [FunctionSignature([.double], .double, function)]
  }
}
