import Columnar
import Testing

@testable import Query

@Suite("Functions give what PostgreSQL gives")
struct FunctionTests {
  /// One call on constants, and its value or its error.
  struct Example: CustomTestStringConvertible, Sendable {
    var function: Function
    var arguments: [(Literal, ColumnType)]
    var type: ColumnType
    var expected: String

    init(
      _ function: Function, _ arguments: [(Literal, ColumnType)], _ type: ColumnType,
      _ expected: String
    ) {
      self.function = function
      self.arguments = arguments
      self.type = type
      self.expected = expected
    }

    var testDescription: String { "\(function)(\(arguments.map { "\($0.0)" }))" }
  }

  private static func text(_ text: String) -> (Literal, ColumnType) { (.text(text), .text) }
  private static func int(_ value: Int64) -> (Literal, ColumnType) { (.integer(value), .integer) }
  private static func real(_ value: Double) -> (Literal, ColumnType) { (.double(value), .double) }
  private static func exact(_ value: Int128, _ scale: Int32) -> (Literal, ColumnType) {
    (.numeric(coefficient: value, scale: scale), .numeric)
  }
  private static func date(_ days: Int64) -> (Literal, ColumnType) { (.integer(days), .date) }

  static let examples: [Example] = [
    Example(.substring, [text("Thomas"), int(2), int(3)], .text, "hom"),
    Example(.substring, [text("Thomas"), int(-1), int(4)], .text, "Th"),
    Example(.substring, [text("äöüß"), int(2), int(2)], .text, "öü"),
    Example(
      .substring, [text("abc"), int(2), int(-1)], .text,
      "error: negative substring length not allowed"),
    Example(.initcap, [text("hi THOMAS o'neil 2nd")], .text, "Hi Thomas O'Neil 2nd"),
    Example(.upper, [text("straße")], .text, "STRAßE"),
    Example(.upper, [text("ᾀβ ᾳ ŉ")], .text, "ᾈΒ ᾼ ŉ"),
    Example(.lower, [text("İX")], .text, "ix"),
    Example(.translate, [text("12345"), text("143"), text("ax")], .text, "a2x5"),
    Example(.rpad, [text("hi"), int(5), text("xy")], .text, "hixyx"),
    Example(.trimLeading, [text("zzzytest"), text("xyz")], .text, "test"),
    Example(.trimTrailing, [text("testxxzx"), text("xyz")], .text, "test"),
    Example(.splitPart, [text("abc,def,ghi,jkl"), text(","), int(-2)], .text, "ghi"),
    Example(.repeat, [text("Pg"), int(4)], .text, "PgPgPgPg"),
    Example(
      .repeat, [text("abcdefgh"), int(2_000_000_000)], .text,
      "error: requested length too large: a text has at most 1 GiB"),
    Example(.ascii, [text("ä")], .integer, "228"),
    Example(.chr, [int(228)], .text, "ä"),
    Example(.chr, [int(0)], .text, "error: null character not permitted"),
    Example(.concatWithSeparator, [text("-"), text("a"), (.null, .text), text("b")], .text, "a-b"),
    Example(.ilike, [text("STRAßE"), text("str_ß%")], .boolean, "true"),
    Example(.like, [text("10%"), text("10#%"), text("#")], .boolean, "true"),
    Example(
      .like, [text("a"), text("a\\")], .boolean,
      "error: LIKE pattern must not end with escape character"),
    Example(.divide, [exact(1, 0), exact(3, 0)], .numeric, "0.33333333333333333333"),
    Example(.modulo, [exact(-75, 1), exact(2, 0)], .numeric, "-1.5"),
    Example(.divide, [exact(1, 0), exact(0, 2)], .numeric, "error: division by zero"),
    Example(.round, [exact(25, 1)], .numeric, "3"),
    Example(.round, [exact(424_382, 4), int(2)], .numeric, "42.44"),
    Example(.trunc, [exact(-4_288, 2), int(1)], .numeric, "-42.8"),
    Example(.round, [real(2.5)], .double, "2"),
    Example(.ceil, [real(-42.8)], .double, "-42"),
    Example(
      .power, [real(0), real(-1)], .double,
      "error: zero raised to a negative power is undefined"),
    Example(
      .power, [real(-8), real(0.5)], .double,
      "error: a negative number raised to a non-integer power yields a complex result"),
    Example(.ln, [real(0)], .double, "error: cannot take logarithm of zero"),
    Example(.exp, [real(1000)], .double, "error: value out of range: overflow"),
    Example(.addDays, [date(15_706), int(30)], .date, "2013-01-31"),
    Example(.daysBetween, [date(15_706), date(15_700)], .integer, "6"),
    Example(.addDays, [date(2_145_042_905), int(1)], .date, "error: date out of range"),
    Example(
      .makeDate, [int(2013), int(2), int(30)], .date,
      "error: date field value out of range: 2013-02-30"),
    Example(.makeDate, [int(2013), int(2), int(28)], .date, "2013-02-28"),
    Example(.extract, [text("dow"), date(15_706)], .numeric, "2"),
    Example(
      .dateTrunc, [text("month"), (.integer(1_357_344_000_000_000), .timestamp)], .timestamp,
      "2013-01-01 00:00:00"),
  ]

  @Test("Documented examples", arguments: examples)
  func example(_ example: Example) throws {
    // The arguments are columns, so that nothing is computed before evaluation; patterns and units
    // are constants, as always.
    let constants: Set<Function> = [.extract, .dateTrunc]
    let expressions = example.arguments.enumerated().map { slot, argument in
      constants.contains(example.function) && slot == 0
        ? Expression.literal(argument.0, type: argument.1)
        : Expression.column(slot: slot, type: argument.1)
    }
    let call = Expression.call(
      example.function, expressions, type: example.type, position: 1)
    let shown = Expression.cast(call, to: .text, position: 2)
    let columns = try example.arguments.map {
      try ColumnVector(literals: [$0.0, .null], type: $0.1)
    }
    let types = example.arguments.map(\.1)
    let node = try ExpressionCompiler(slots: types).compile(shown)
    let actual: String
    do {
      let result = try node.evaluate(Batch(columns: columns, count: 2))
      guard case .text(let text) = result.value(0) else {
        Issue.record("\(example) is NULL")
        return
      }
      actual = text
      let skipsNulls = example.function == .concatWithSeparator
      #expect(skipsNulls || result.value(1) == .null)
    } catch {
      actual = "error: \(error.message)"
    }
    #expect(actual == example.expected)
  }

  @Test(
    "Casts from text",
    arguments: [
      ("12", ColumnType.integer, "12"),
      ("x", .integer, "invalid input syntax for type integer: \"x\""),
      ("99999999999", .integer, "value \"99999999999\" is out of range for type integer"),
      ("1.5e3", .double, "1500"),
      ("1e400", .double, "value \"1e400\" is out of range for type double precision"),
      ("1.50", .numeric, "1.50"), ("yes", .boolean, "true"),
      ("2013-02-29", .date, "date/time field value out of range: \"2013-02-29\""),
      ("2013-02-28", .date, "2013-02-28"),
    ])
  func castFromText(text: String, type: ColumnType, expected: String) throws {
    let cast = Expression.cast(
      .cast(.column(slot: 0, type: .text), to: type, position: 0), to: .text, position: 0)
    let node = try ExpressionCompiler(slots: [.text]).compile(cast)
    let batch = Batch(columns: [.of([.text(text)], .text)], count: 1)
    do {
      #expect(try node.evaluate(batch).value(0) == .text(expected))
    } catch {
      #expect(error.message == expected)
    }
  }

  @Test("Halves round to even from double and away from zero from numeric")
  func roundingCasts() throws {
    let halves: [Double] = [0.5, 1.5, 2.5, -0.5, -1.5]
    let doubles = ColumnVector.of(halves.map { .double($0) }, .double)
    let numerics = ColumnVector.of(
      halves.map { .numeric(Numeric(coefficient: Int128($0 * 10), scale: 1)) }, .numeric)
    let fromDouble = try ExpressionCompiler(slots: [.double]).compile(
      .cast(.column(slot: 0, type: .double), to: .integer, position: 0))
    let fromNumeric = try ExpressionCompiler(slots: [.numeric]).compile(
      .cast(.column(slot: 0, type: .numeric), to: .integer, position: 0))
    #expect(
      try fromDouble.evaluate(Batch(columns: [doubles], count: 5)).allValues
        == [0, 2, 2, 0, -2].map { .integer($0) })
    #expect(
      try fromNumeric.evaluate(Batch(columns: [numerics], count: 5)).allValues
        == [1, 2, 3, -1, -2].map { .integer($0) })
  }

  @Test("A call that no kernel computes is refused with its position")
  func unknownCall() {
    let call = Expression.call(
      .sqrt, [.column(slot: 0, type: .text)], type: .double, position: 12)
    #expect(throws: SQLError(position: 12, "sqrt(text) is not supported")) {
      try ExpressionCompiler(slots: [.text]).compile(call)
    }
  }
}
