import Columnar
import Query
import Testing

/// What expressions become: casts inserted, syntax written out, constants folded.
struct ExpressionShapeTests {
  private static let i = Expression.column(slot: 0, type: .integer)
  private static let d = Expression.column(slot: 0, type: .double)
  private static let t = Expression.column(slot: 0, type: .text)
  private static let f = Expression.column(slot: 0, type: .boolean)
  private static let dt = Expression.column(slot: 0, type: .date)

  private static func call(
    _ function: Function, _ arguments: [Expression], _ type: ColumnType = .boolean
  ) -> Expression {
    .call(function, arguments, type: type, position: 0)
  }

  private static func boolean(_ value: Bool) -> Expression {
    .literal(.boolean(value), type: .boolean)
  }

  private static let shapes: [(sql: String, shape: Expression)] = [
    ("-5", FrontFixture.integer(-5)), ("- /* 7 */ 5", FrontFixture.integer(-5)),
    ("-(5)", FrontFixture.integer(-5)), ("-(-(5))", FrontFixture.integer(5)),
    ("-0", FrontFixture.integer(0)), ("- -- 7\n 5", FrontFixture.integer(-5)),
    ("-2147483648", FrontFixture.integer(-2_147_483_648)),
    ("2147483648", .literal(.integer(2_147_483_648), type: .bigint)),
    ("-1.50", .literal(.numeric(coefficient: -150, scale: 2), type: .numeric)),
    ("1e3", .literal(.numeric(coefficient: 1000, scale: 0), type: .numeric)),
    (
      "9223372036854775808",
      .literal(.numeric(coefficient: 9_223_372_036_854_775_808, scale: 0), type: .numeric)
    ),
    ("'7'::integer", FrontFixture.integer(7)),
    ("1::double precision", .literal(.double(1), type: .double)),
    ("DATE '1970-01-02'", .literal(.integer(1), type: .date)),
    ("TIMESTAMP '1970-01-01 00:00:01'", .literal(.integer(1_000_000), type: .timestamp)),
    ("E'a\\tb'", FrontFixture.text("a\tb")), ("'<é>'", FrontFixture.text("<é>")),
    ("NULL::date", .literal(.null, type: .date)),
    ("d > 10", call(.greater, [d, .literal(.double(10), type: .double)])),
    ("d > 1.5", call(.greater, [d, .literal(.double(1.5), type: .double)])),
    ("i > '10'", call(.greater, [i, FrontFixture.integer(10)])),
    (
      "i > 1.5",
      call(
        .greater,
        [
          .cast(i, to: .numeric, position: 0),
          .literal(.numeric(coefficient: 15, scale: 1), type: .numeric),
        ])
    ),
    ("dt >= '1970-01-03'", call(.greaterOrEqual, [dt, .literal(.integer(2), type: .date)])),
    ("dt + 7", call(.addDays, [dt, FrontFixture.integer(7)], .date)),
    ("7 + dt", call(.addDays, [dt, FrontFixture.integer(7)], .date)),
    (
      "dt - '1970-01-02'",
      call(.daysBetween, [dt, .literal(.integer(1), type: .date)], .integer)
    ),
    ("i != 1", call(.notEqual, [i, FrontFixture.integer(1)])),
    (
      "t || i",
      call(
        .concatenate,
        [
          .column(slot: 1, type: .text),
          .cast(.column(slot: 0, type: .integer), to: .text, position: 0),
        ], .text)
    ),
    (
      "i BETWEEN 1 AND 2",
      .and([
        call(.greaterOrEqual, [i, FrontFixture.integer(1)]),
        call(.lessOrEqual, [i, FrontFixture.integer(2)]),
      ])
    ),
    (
      "i NOT BETWEEN 1 AND 2",
      .or([
        call(.less, [i, FrontFixture.integer(1)]), call(.greater, [i, FrontFixture.integer(2)]),
      ])
    ),
    ("i IN (1, 2, NULL)", .inList(i, [.integer(1), .integer(2), .null])),
    ("t NOT IN ('a')", .not(.inList(t, [.text("a")]))),
    (
      "d IN (1, d)",
      .or([.inList(d, [.double(1)]), call(.equal, [d, d])])
    ),
    ("t LIKE 'a%'", call(.like, [t, FrontFixture.text("a%")])),
    (
      "t NOT ILIKE 'a!%' ESCAPE '!'",
      .not(call(.ilike, [t, FrontFixture.text("a!%"), FrontFixture.text("!")]))
    ),
    ("f IS TRUE", .coalesce([f, boolean(false)], type: .boolean)),
    ("f IS NOT TRUE", .not(.coalesce([f, boolean(false)], type: .boolean))),
    ("f IS FALSE", .not(.coalesce([f, boolean(true)], type: .boolean))),
    ("f IS NOT FALSE", .coalesce([f, boolean(true)], type: .boolean)),
    ("f IS UNKNOWN", .isNull(f)), ("i IS NOT NULL", .not(.isNull(i))),
    ("i IS DISTINCT FROM 1", call(.distinctFrom, [i, FrontFixture.integer(1)])),
    ("i IS NOT DISTINCT FROM 1", call(.notDistinctFrom, [i, FrontFixture.integer(1)])),
    ("f AND f AND NOT f", .and([f, f, .not(f)])),
    ("NULLIF(i, 0)", call(.nullIf, [i, FrontFixture.integer(0)], .integer)),
    ("COALESCE(d, 0)", .coalesce([d, .literal(.double(0), type: .double)], type: .double)),
    (
      "GREATEST(d, 1, NULL)",
      call(
        .greatest,
        [d, .literal(.double(1), type: .double), .literal(.null, type: .double)], .double)
    ),
    (
      "CASE i WHEN 1 THEN 'a' ELSE t END",
      .caseWhen(
        [
          CaseBranch(
            condition: call(.equal, [i, FrontFixture.integer(1)]), result: FrontFixture.text("a"))
        ],
        otherwise: .column(slot: 1, type: .text), type: .text)
    ),
    (
      "CASE WHEN f THEN 1 END",
      .caseWhen(
        [CaseBranch(condition: f, result: FrontFixture.integer(1))], otherwise: nil,
        type: .integer)
    ),
    (
      "substring(t FROM 2 FOR 3)",
      call(.substring, [t, FrontFixture.integer(2), FrontFixture.integer(3)], .text)
    ),
    ("position('a' IN t)", call(.position, [t, FrontFixture.text("a")], .integer)),
    ("strpos(t, 'a')", call(.position, [t, FrontFixture.text("a")], .integer)),
    ("trim(t)", call(.trim, [t, FrontFixture.text(" ")], .text)),
    ("trim(LEADING 'x' FROM t)", call(.trimLeading, [t, FrontFixture.text("x")], .text)),
    ("rpad(t, 3)", call(.rpad, [t, FrontFixture.integer(3), FrontFixture.text(" ")], .text)),
    (
      "date_trunc('MONTHS', ts)",
      call(
        .dateTrunc, [FrontFixture.text("month"), .column(slot: 0, type: .timestamp)], .timestamp)
    ),
    ("EXTRACT(year FROM dt)", call(.extract, [FrontFixture.text("year"), dt], .numeric)),
    (
      "date_part('hour', dt)",
      .cast(
        call(
          .extract, [FrontFixture.text("hour"), .cast(dt, to: .timestamp, position: 0)], .numeric),
        to: .double, position: 0)
    ),
    (
      "concat(f, 'x')",
      call(
        .concat,
        [
          .caseWhen(
            [
              CaseBranch(condition: f, result: FrontFixture.text("t")),
              CaseBranch(condition: .not(f), result: FrontFixture.text("f")),
            ], otherwise: nil, type: .text), FrontFixture.text("x"),
        ], .text)
    ),
    ("sqrt(i)", call(.sqrt, [.cast(i, to: .double, position: 0)], .double)),
    (
      "i ^ 2",
      call(
        .power, [.cast(i, to: .double, position: 0), .literal(.double(2), type: .double)], .double)
    ),
  ]

  @Test(arguments: shapes.indices)
  func bindsTo(_ index: Int) throws {
    let (sql, shape) = Self.shapes[index]
    #expect(try FrontFixture.expression(sql).withoutPositions == shape, "\(sql)")
  }

  @Test func symmetricBetweenTriesBothOrders() throws {
    let expression = try FrontFixture.expression("i BETWEEN SYMMETRIC 2 AND 1").withoutPositions
    let between = { (low: Int64, high: Int64) in
      Expression.and([
        Self.call(.greaterOrEqual, [Self.i, FrontFixture.integer(low)]),
        Self.call(.lessOrEqual, [Self.i, FrontFixture.integer(high)]),
      ])
    }
    #expect(expression == .or([between(2, 1), between(1, 2)]))
  }

  @Test func callsKeepThePlaceOfTheirOperator() throws {
    guard case .call(_, _, _, let position) = try FrontFixture.expression("i / 0") else {
      Issue.record("not a call")
      return
    }
    #expect(position == 9)
  }
}
