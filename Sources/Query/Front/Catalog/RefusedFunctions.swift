/// Functions that PostgreSQL has and this dialect refuses by name.
enum RefusedFunctions {
  /// Why `name` is refused, or `nil` when it is no function known here.
  static func reason(for name: String) -> String? {
    if FunctionCatalog.overloads(of: name) != nil { return nil }
    if WindowFunction.named(name) != nil {
      return "window function \(name) requires an OVER clause"
    }
    if let message = syntax[name] { return message }
    if let help = withHelp[name] { return "function \(name) is not supported; \(help)" }
    if unstable.contains(name) {
      return "function \(name) is not supported; a result depends on the input alone"
    }
    let isKnown = others.contains(name) || families.contains { name.hasPrefix($0) }
    return isKnown ? "function \(name) is not supported" : nil
  }

  /// Functions that the parser makes of other syntax, or whose type is what is not supported.
  private static let syntax = [
    "string_to_array":
      "arrays are not supported; use unnest(string_to_array(text, delimiter)) for rows",
    "is_normalized": "IS NORMALIZED is not supported",
  ]

  private static let withHelp = [
    "regexp_match": "use (regexp_match(text, pattern))[n], or substring(text from pattern)",
    "regexp_matches": "use (regexp_match(text, pattern))[n], or substring(text from pattern)",
    "regexp_split_to_array": "use regexp_split_to_table(text, pattern) for rows",
    "to_number": "use a cast: text::numeric",
    "random_normal": "a result depends on the input alone",
  ]

  private static let unstable: Set<String> = [
    "now", "random", "setseed", "clock_timestamp", "statement_timestamp", "timeofday",
    "transaction_timestamp", "gen_random_uuid", "version", "current_setting", "nextval", "currval",
    "lastval", "pg_sleep",
  ]

  private static let families = [
    "json", "array_", "pg_", "xml",
  ]

  private static let others: Set<String> = [
    "any_value", "sha224", "sha256", "sha384", "sha512", "encode", "decode", "normalize",
    "generate_series", "unnest", "get_byte", "set_byte", "make_time", "convert", "convert_from",
    "convert_to", "to_ascii", "to_json", "to_jsonb", "to_regclass", "to_tsvector", "to_tsquery",
    "parse_ident", "cardinality", "xmlexists",
  ]
}
