/// Functions that PostgreSQL has and this dialect refuses by name.
enum RefusedFunctions {
  /// Why `name` is refused, or `nil` when it is no function known here.
  static func reason(for name: String) -> String? {
    if let message = syntax[name] { return message }
    if let help = withHelp[name] { return "function \(name) is not supported; \(help)" }
    if unstable.contains(name) {
      return "function \(name) is not supported; a result depends on the input alone"
    }
    if FunctionCatalog.overloads(of: name) != nil { return nil }
    let isKnown = others.contains(name) || families.contains { name.hasPrefix($0) }
    return isKnown ? "function \(name) is not supported" : nil
  }

  /// Functions that the parser makes of other syntax, or whose type is what is not supported.
  private static let syntax = [
    "string_to_array":
      "arrays are not supported; use unnest(string_to_array(text, delimiter)) for rows",
    "similar_to_escape": "SIMILAR TO is not supported; use LIKE",
    "is_normalized": "IS NORMALIZED is not supported",
  ]

  private static let withHelp = [
    "regexp_split_to_table": "use string_to_table(text, delimiter)",
    "overlay": "use left(…) || … || substring(…)",
    "to_number": "use a cast: text::numeric",
    "div": "use trunc(a / b)",
    "random_normal": "a result depends on the input alone",
  ]

  private static let unstable: Set<String> = [
    "now", "random", "setseed", "clock_timestamp", "statement_timestamp", "timeofday",
    "transaction_timestamp", "gen_random_uuid", "version", "current_setting", "nextval", "currval",
    "lastval", "pg_sleep",
  ]

  private static let families = [
    "regexp_", "json", "array_", "pg_", "xml", "to_",
  ]

  private static let others: Set<String> = [
    "rank", "dense_rank", "percent_rank", "cume_dist", "row_number", "ntile",
    "lag", "lead", "first_value", "last_value", "nth_value", "any_value", "format", "md5", "sha224",
    "sha256", "sha384",
    "sha512", "encode", "decode", "quote_ident", "quote_literal", "quote_nullable", "normalize",
    "generate_series", "unnest", "width_bucket", "gcd", "lcm", "factorial",
    "bit_length", "get_byte", "set_byte", "make_time",
    "min_scale", "scale", "trim_scale", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "cot",
    "sind", "cosd", "tand", "asind", "acosd", "atand", "atan2d", "cotd", "convert", "convert_from",
    "convert_to", "parse_ident", "cardinality", "unistr", "xmlexists",
  ]
}
