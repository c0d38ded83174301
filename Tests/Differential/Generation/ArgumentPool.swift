import Columnar
import Query

/// Arguments with which functions do something, where values of their type mostly do not.
enum ArgumentPool {
  /// What PostgreSQL does not have, or has for arrays, which are text here.
  static let unknown: Set<String> = [
    "approx_count_distinct", "approx_percentile", "approx_top_k", "histogram", "min_by", "max_by",
    "array_agg",
  ]

  /// A field of a date or time.
  static func field(_ random: inout SeededGenerator) -> String {
    random.pick(CalendarField.allCases).rawValue
  }

  /// A constant for a parameter that wants a certain kind of value; `nil` where any will do.
  static func constant(
    _ index: Int, of signature: CatalogSignature, _ random: inout SeededGenerator
  ) -> Node? {
    let type = signature.parameters[index]
    if signature.takesField, index == 0 {
      // Of date_trunc, one that cannot be cut after is refused before a row shows it to PostgreSQL.
      let fields = CalendarField.allCases.filter {
        $0.isTruncatable || signature.name != "date_trunc"
      }
      return Node("'\(random.pick(fields).rawValue)'", nil)
    }
    if signature.constants.contains(index), type == .double {
      return Node(random.pick(["0", "0.25", "0.5", "1"]), type)
    }
    if let pool = special(index, of: signature) { return Node(random.pick(pool), type) }
    if let pool = pools["\(signature.name) \(index)"] { return Node(random.pick(pool), type) }
    // Numbers beside text count characters: large ones would only use up memory.
    let isCount =
      type == .integer && signature.kind == .function
      && (signature.parameters.contains(.text) || signature.result == .text
        || signature.parameters.count > 1 && index > 0)
    guard isCount else { return nil }
    return Node("\(random.number(-3...9))", type).parenthesized
  }

  /// Constants for patterns, flags, formats and zones, which are checked before a row is read.
  private static func special(_ index: Int, of signature: CatalogSignature) -> [String]? {
    let type = signature.parameters[index]
    switch signature.name {
    case let name where name.hasPrefix("regexp_") && index > 0:
      if index == 1 { return regularExpressions }
      if type == .integer { return index == 2 ? ["1", "2", "3"] : ["1"] }
      if name == "regexp_replace", index == 2 { return ["'x'", "'<\\&>'", "''"] }
      return name == "regexp_replace" && index == 3 ? ["'g'", "'gi'", "''"] : ["'i'", "''"]
    case "~", "~*", "!~", "!~*": return index == 1 ? regularExpressions : nil
    case "to_char" where index == 1:
      switch signature.parameters[0] {
      case .integer, .bigint, .numeric, .double:
        return ["'999.99'", "'FM000'", "'S9999'", "'9999PR'"]
      default: return ["'YYYY-MM-DD'", "'HH24:MI:SS.MS'", "'DDD'"]
      }
    case "timezone" where index == 0 && type == .text, "date_trunc" where index == 2:
      return ["'UTC'", "'+02'", "'-05:30'"]
    default: return nil
    }
  }

  private static let regularExpressions = [
    "'a'", "'[a-z]+'", "'\\d+'", "'^.'", "'(a|b)c'", "'\\s'", "'x*'", "'\\w{2,3}$'", "','",
  ]

  /// Constants by function and index of the parameter.
  private static let pools: [String: [String]] = [
    "chr 0": ["65", "97", "228", "26085", "129408", "1114111", "32", "1114112"],
    "make_date 0": ["2013", "2012", "1", "(-44)", "0", "9999", "5874898"],
    "make_date 1": ["1", "2", "12", "13", "0"],
    "make_date 2": ["1", "28", "29", "30", "31", "0", "32"],
    "split_part 1": ["','", "' '", "''", "'a'", "'ab'", "'日'"],
    "string_to_table 1": ["','", "' '", "''", "'a'"],
    "translate 1": ["'abc'", "'aä'", "''", "' ,'"],
    "translate 2": ["'xyz'", "'1'", "''", "'日本'"],
    "strpos 1": ["'a'", "''", "','", "'本'"],
    "to_number 0": ["'12.5'", "'-7'", "'1234'"], "to_number 1": ["'99.9'", "'S9999'", "'9999'"],
    "to_date 0": ["'2013-01-31'", "'2012-2-29'"], "to_date 1": ["'YYYY-MM-DD'"],
    "to_timestamp 1": ["'YYYY-MM-DD HH24:MI'"], "date_bin 0": ["'1 day'", "'7 hours'", "'00:15'"],
    "string_agg 1": ["','", "''", "' – '"],
    "format 0": ["'%s'", "'%I'", "'%L %s'", "'%%'"],
  ]

  /// A type whose values become `type` without being asked to; `type` itself where there is none.
  static func implicitSource(
    of type: ColumnType, for signature: CatalogSignature, _ random: inout SeededGenerator
  ) -> ColumnType {
    switch type {
    case .bigint: .integer
    case .numeric: random.pick([.integer, .bigint])
    case .double:
      // PostgreSQL has more functions of numeric than there are here; see `KnownDifferences`.
      random.pick([.integer, .bigint])
    case .timestamp: .date
    case .timestamptz: random.pick([.date, .timestamp])
    default: type
    }
  }

  private static let castSources: [ColumnType: [ColumnType]] = [
    .boolean: [.integer, .text, .boolean],
    .integer: [.bigint, .numeric, .double, .boolean, .integer, .text],
    .bigint: [.integer, .bigint, .numeric, .double, .text],
    .numeric: [.integer, .bigint, .numeric, .double, .text],
    .double: [.integer, .bigint, .numeric, .double, .text],
    .date: [.date, .timestamp, .timestamptz, .text],
    .timestamp: [.date, .timestamp, .timestamptz, .text],
    .timestamptz: [.date, .timestamp, .timestamptz, .text], .interval: [.interval, .text],
    .text: ColumnType.allCases,
  ]

  /// A type that can be cast to `type`.
  static func castSource(of type: ColumnType, _ random: inout SeededGenerator) -> ColumnType {
    let source = random.pick(castSources[type] ?? [type])
    // Most texts read as nothing else.
    return source == .text && !random.oneIn(5) ? type : source
  }
}

extension Node {
  /// In parentheses where it is negative.
  var parenthesized: Node {
    var node = self
    if pieces[0].hasPrefix("-") { node.pieces[0] = "(\(pieces[0]))" }
    return node
  }
}
