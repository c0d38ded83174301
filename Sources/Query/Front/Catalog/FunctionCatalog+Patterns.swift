import Columnar

extension FunctionCatalog {
  /// Functions of regular expressions.
  static let patterns: [String: [FunctionSignature]] = [
    "regexp_replace": [
      FunctionSignature([.text, .text, .text], .text, .regexReplace),
      FunctionSignature([.text, .text, .text, .text], .text, .regexReplace),
      FunctionSignature([.text, .text, .text, .integer], .text, .regexReplace),
      FunctionSignature([.text, .text, .text, .integer, .integer], .text, .regexReplace),
      FunctionSignature([.text, .text, .text, .integer, .integer, .text], .text, .regexReplace),
    ],
    "regexp_like": series([.text, .text], then: [.text], .boolean, .regexLike),
    "regexp_count": series([.text, .text], then: [.integer, .text], .integer, .regexCount),
    "regexp_instr": series(
      [.text, .text], then: [.integer, .integer, .integer, .text, .integer], .integer,
      .regexPosition),
    "regexp_substr": series(
      [.text, .text], then: [.integer, .integer, .text, .integer], .text, .regexSubstr),
    "similar_to_escape": series([.text], then: [.text], .text, .similarPattern),
  ]

  /// `(regexp_match(…))[n]`, the subscript as the last argument.
  static let capture = [
    FunctionSignature([.text, .text, .integer], .text, .regexCapture),
    FunctionSignature([.text, .text, .text, .integer], .text, .regexCapture),
  ]

  /// One overload for each number of `optional` parameters.
  private static func series(
    _ required: [ColumnType], then optional: [ColumnType], _ result: ColumnType,
    _ function: Function
  ) -> [FunctionSignature] {
    (0...optional.count).map {
      FunctionSignature(required + optional.prefix($0), result, function)
    }
  }
}
