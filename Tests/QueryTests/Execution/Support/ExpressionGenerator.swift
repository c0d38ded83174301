import Columnar

@testable import Query

/// Makes random expressions, and rows for them, with the values at which things go wrong.
struct ExpressionGenerator {
  /// The columns of every row.
  static let slots: [ColumnType] = [
    .integer, .integer, .bigint, .bigint, .double, .double, .boolean, .boolean, .text, .text,
  ]

  var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// A value of `type`, sometimes NULL.
  mutating func value(_ type: ColumnType, nulls: Bool = true) -> Value {
    if nulls, random.oneIn(6) { return .null }
    switch type {
    case .boolean: return .boolean(random.oneIn(2))
    case .integer:
      return .integer(random.pick([0, 1, -1, 2, 7, 100, Int64(Int32.max), Int64(Int32.min)]))
    case .bigint: return .integer(random.pick([0, 1, -1, 3, 1 << 40, .max, .min, -12]))
    case .double:
      return .double(
        random.pick([0, -0.0, 1, 1.5, 2.5, -3.25, 1e308, -1e308, 1e-308, .nan, .infinity, 4]))
    default:
      return .text(
        random.pick([
          "", "a", "abc", "ABC", "äöü", "straße", "x,y,z", ",", "A b C", "日本語", "a%b", "aXbXc",
          "  padded ", "aaaaaaaaaaaaaaaaaaaaa",
        ]))
    }
  }

  /// An expression of `type` with at most `depth` levels.
  mutating func expression(_ type: ColumnType, depth: Int) -> Expression {
    if depth == 0 || random.oneIn(5) { return leaf(type) }
    if random.oneIn(4) { return conditional(type, depth - 1) }
    switch type {
    case .integer: return integer(depth - 1)
    case .bigint: return bigint(depth - 1)
    case .double: return double(depth - 1)
    case .boolean: return boolean(depth - 1)
    default: return text(depth - 1)
    }
  }

  private mutating func leaf(_ type: ColumnType) -> Expression {
    if random.oneIn(3) { return .literal(value(type).literal, type: type) }
    let slots = Self.slots.indices.filter { Self.slots[$0] == type }
    return .column(slot: random.pick(slots), type: type)
  }

  private mutating func call(
    _ function: Function, _ types: [ColumnType], _ type: ColumnType, _ depth: Int
  ) -> Expression {
    .call(function, types.map { expression($0, depth: depth) }, type: type, position: 7)
  }

  private mutating func conditional(_ type: ColumnType, _ depth: Int) -> Expression {
    switch Int.random(in: 0..<4, using: &random) {
    case 0:
      return .coalesce((0..<3).map { _ in expression(type, depth: depth) }, type: type)
    case 1: return call(.nullIf, [type, type], type, depth)
    case 2: return call(random.pick([.greatest, .least]), [type, type, type], type, depth)
    default:
      let branches = (0..<2).map { _ in
        CaseBranch(
          condition: expression(.boolean, depth: depth), result: expression(type, depth: depth))
      }
      let otherwise = random.oneIn(2) ? nil : expression(type, depth: depth)
      return .caseWhen(branches, otherwise: otherwise, type: type)
    }
  }

  private mutating func integer(_ depth: Int) -> Expression {
    switch Int.random(in: 0..<6, using: &random) {
    case 0:
      return call(random.pick([.length, .octetLength]), [.text], .integer, depth)
    case 1: return call(.position, [.text, .text], .integer, depth)
    case 2: return .cast(expression(.double, depth: depth), to: .integer, position: 7)
    case 3: return call(random.pick([.negate, .abs]), [.integer], .integer, depth)
    default: return call(arithmetic, [.integer, .integer], .integer, depth)
    }
  }

  private mutating func bigint(_ depth: Int) -> Expression {
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return .cast(expression(.integer, depth: depth), to: .bigint, position: 7)
    case 1: return call(random.pick([.negate, .abs]), [.bigint], .bigint, depth)
    default: return call(arithmetic, [.bigint, .bigint], .bigint, depth)
    }
  }

  private var arithmetic: Function {
    mutating get { random.pick([.add, .subtract, .multiply, .divide, .modulo]) }
  }

  private mutating func double(_ depth: Int) -> Expression {
    switch Int.random(in: 0..<5, using: &random) {
    case 0: return .cast(expression(.bigint, depth: depth), to: .double, position: 7)
    case 1: return call(random.pick([.negate, .abs, .sqrt, .floor]), [.double], .double, depth)
    default:
      return call(
        random.pick([.add, .subtract, .multiply, .divide]), [.double, .double], .double, depth)
    }
  }

  private mutating func boolean(_ depth: Int) -> Expression {
    let type = random.pick([ColumnType.integer, .bigint, .double, .boolean, .text])
    switch Int.random(in: 0..<8, using: &random) {
    case 0: return .and((0..<3).map { _ in expression(.boolean, depth: depth) })
    case 1: return .or((0..<3).map { _ in expression(.boolean, depth: depth) })
    case 2: return .not(expression(.boolean, depth: depth))
    case 3: return .isNull(expression(type, depth: depth))
    case 4:
      return .inList(expression(type, depth: depth), (0..<3).map { _ in value(type).literal })
    case 5:
      let pattern = random.pick(["a%", "%b%", "_", "%", "", "a_c", "%ß%", "日__", "a\\%b", "%X%c"])
      return .call(
        .like, [expression(.text, depth: depth), .literal(.text(pattern), type: .text)],
        type: .boolean, position: 7)
    default:
      let comparisons: [Function] = [
        .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .distinctFrom,
        .notDistinctFrom,
      ]
      return call(random.pick(comparisons), [type, type], .boolean, depth)
    }
  }

  private mutating func text(_ depth: Int) -> Expression {
    // Small, so that padding stays small too.
    let number = Expression.literal(
      .integer(random.pick([-3, -1, 0, 1, 2, 5, 12])), type: .integer)
    let argument = expression(.text, depth: depth)
    let other = expression(.text, depth: min(depth, 1))
    let (function, arguments): (Function, [Expression]) =
      switch Int.random(in: 0..<12, using: &random) {
      case 0: (.lower, [argument])
      case 1: (.upper, [argument])
      case 2: (.reverse, [argument])
      case 3: (.concatenate, [argument, other])
      case 4: (.left, [argument, number])
      case 5: (.right, [argument, number])
      case 6: (.substring, [argument, number])
      case 7: (.replace, [argument, other, .literal(.text("é"), type: .text)])
      case 8: (.trim, [argument, .literal(.text(" aä"), type: .text)])
      case 9: (.splitPart, [argument, .literal(.text(","), type: .text), number])
      case 10: (.lpad, [argument, number, other])
      default: (.concat, [argument, other])
      }
    if random.oneIn(8) {
      return .cast(expression(.integer, depth: depth), to: .text, position: 7)
    }
    return .call(function, arguments, type: .text, position: 7)
  }
}
