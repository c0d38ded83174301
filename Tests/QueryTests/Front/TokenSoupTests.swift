import Columnar
import Formats
import Query
import Testing

/// Any text is either planned or refused; nothing traps.
struct TokenSoupTests {
  private static let tokens = [
    "SELECT", "FROM", "input", "WHERE", "GROUP BY", "ORDER BY", "HAVING", "LIMIT", "OFFSET", "i",
    "b", "n", "d", "t", "f", "dt", "ts", "tz", "\"Carrier\"", "*", ",", "(", ")", "+", "-", "/",
    "%", "^", "||", "=", "<>", "<", ">=", "~", "AND", "OR", "NOT", "IN", "BETWEEN", "SYMMETRIC",
    "LIKE", "ESCAPE", "IS", "NULL", "TRUE", "UNKNOWN", "DISTINCT", "CASE", "WHEN", "THEN", "ELSE",
    "END", "CAST", "AS", "::", "integer", "numeric", "date", "text", "1", "-1", "2.5", "1e400",
    "99999999999999999999", "''", "'x'", "'2013-01-01'", "' '", "count", "sum", "avg", "min",
    "lower", "substring", "FOR", "trim", "BOTH", "extract", "year", "date_trunc", "coalesce",
    "nullif", "greatest", "string_to_table", "unnest", "string_to_array", "FILTER", "OVER",
    "CROSS JOIN", "LATERAL", "UNION", "WITH", "DESC", "NULLS FIRST", "ASC", ";", ".", "$1", "--",
    "/*", "*/", "é", "'", "\"", "[", "]", "round", "concat", "ALL", "ANY",
  ]

  private static let expressions = [
    "i", "b", "n", "d", "t", "f", "dt", "ts", "tz", "NULL", "'x'", "'1'", "1", "2.5", "-7",
    "count(*)", "sum(i)", "true", "DATE '2013-01-01'", "string_to_table(t, ' ')",
  ]
  private static let shapes = [
    "(% + %)", "(% - %)", "(% / %)", "(% || %)", "(% = %)", "(% < %)", "(% AND %)", "(NOT %)",
    "(% IS NULL)", "(% IS NOT TRUE)", "(% IN (%, %))", "(% BETWEEN % AND %)", "(% LIKE %)",
    "(CASE WHEN % THEN % ELSE % END)", "(CASE % WHEN % THEN % END)", "coalesce(%, %)",
    "nullif(%, %)", "least(%, %)", "lower(%)", "substring(%, %)", "round(%, %)", "abs(%)",
    "(%)::text", "(%)::integer", "(%)::date", "date_trunc('month', %)", "extract(day FROM %)",
    "sum(%)", "max(%)", "count(DISTINCT %)", "concat(%, %)", "(% IS DISTINCT FROM %)", "(- %)",
  ]

  @Test(arguments: 0..<12 as Range<UInt64>)
  func randomTokens(_ seed: UInt64) {
    var random = SplitMix(seed: seed)
    for _ in 0..<60 {
      let count = 1 + Int(random.next() % 24)
      var words = (0..<count).map { _ in random.pick(Self.tokens) }
      if seed % 2 == 0 { words = ["SELECT"] + words + ["FROM", "input"] }
      check(words.joined(separator: " "))
    }
  }

  @Test(arguments: 0..<12 as Range<UInt64>)
  func randomExpressions(_ seed: UInt64) {
    var random = SplitMix(seed: seed &+ 1_000)
    for _ in 0..<60 {
      let list = (0..<3).map { _ in expression(depth: 3, &random) }.joined(separator: ", ")
      var sql = "SELECT \(list) FROM input"
      if random.next() % 2 == 0 { sql += " WHERE \(expression(depth: 2, &random))" }
      if random.next() % 2 == 0 { sql += " GROUP BY 1, \(expression(depth: 1, &random))" }
      if random.next() % 2 == 0 { sql += " ORDER BY \(expression(depth: 1, &random)), 2 DESC" }
      check(sql)
    }
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func randomBytes(_ seed: UInt64) {
    var random = SplitMix(seed: seed &+ 2_000)
    for _ in 0..<50 {
      let bytes = (0..<Int(random.next() % 40)).map { _ in UInt8(truncatingIfNeeded: random.next())
      }
      check("SELECT " + String(decoding: bytes, as: UTF8.self))
    }
  }

  private func expression(depth: Int, _ random: inout SplitMix) -> String {
    guard depth > 0 else { return random.pick(Self.expressions) }
    var text = ""
    for character in random.pick(Self.shapes) {
      if character == "%" {
        text += expression(depth: depth - 1 - Int(random.next() % 2), &random)
      } else {
        text.append(character)
      }
    }
    return text
  }

  /// A plan has consistent slots; an error has a message and a position inside the text.
  private func check(_ sql: String) {
    do throws(SQLError) {
      let query = try QueryPlan(sql: sql, schema: FrontFixture.schema)
      #expect(!PlanDescription(query, schema: FrontFixture.schema).lines.isEmpty)
      guard case .scan(let plan) = query.root else { return }
      #expect(plan.columns == plan.columns.sorted(), "\(sql)")
      let rows = plan.columns.count + (plan.expansion == nil ? 0 : 1)
      let results =
        plan.grouping.map { $0.keys.count + $0.aggregates.count + $0.markers.count } ?? rows
      if let filter = plan.filter { checkSlots(filter, below: rows, sql) }
      for column in plan.output { checkSlots(column.expression, below: results, sql) }
    } catch {
      #expect(!error.message.isEmpty, "\(sql)")
      if let position = error.position {
        #expect(position >= 0 && position <= sql.utf8.count, "\(sql): \(error)")
      }
    }
  }

  private func checkSlots(_ expression: Expression, below limit: Int, _ sql: String) {
    switch expression {
    case .column(let slot, _): #expect(slot >= 0 && slot < limit, "\(sql)")
    case .literal: break
    case .call(_, let operands, _, _), .and(let operands), .or(let operands),
      .coalesce(let operands, _), .lookup(_, let operands, _):
      for operand in operands { checkSlots(operand, below: limit, sql) }
    case .cast(let operand, _, _), .not(let operand), .isNull(let operand),
      .inList(let operand, _):
      checkSlots(operand, below: limit, sql)
    case .caseWhen(let branches, let otherwise, _):
      for branch in branches {
        #expect(branch.condition.type == .boolean, "\(sql)")
        #expect(branch.result.type == expression.type, "\(sql)")
        checkSlots(branch.condition, below: limit, sql)
        checkSlots(branch.result, below: limit, sql)
      }
      if let otherwise { checkSlots(otherwise, below: limit, sql) }
    }
  }
}

/// SplitMix64 (Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", 2014).
private struct SplitMix {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func pick(_ items: [String]) -> String {
    items[Int(truncatingIfNeeded: next() % UInt64(items.count))]
  }
}
