import Columnar
import Query
import SQLLogic

/// Makes expressions of a type over given leaves, from the catalogs of the dialect.
struct ExpressionGenerator {
  /// What stands for values: columns or, after grouping, keys and aggregates.
  var leaves: [Node]
  /// Tables that sub-queries in expressions may read.
  var tables: [RandomScope.Relation] = []
  /// Whether doubles may be added up: not where the order of the rows is the plan's.
  var sumsDoubles = true

  private static let aggregateKinds: Set<CatalogSignature.Kind> = [
    .aggregate, .orderedSetAggregate,
  ]
  private static let scalars = CatalogListing.signatures.filter {
    !aggregateKinds.contains($0.kind) && !ArgumentPool.unknown.contains($0.name)
  }
  static let aggregates = CatalogListing.signatures.filter {
    aggregateKinds.contains($0.kind) && !ArgumentPool.unknown.contains($0.name)
  }
  /// Types that something is made of, in a fixed order.
  static let types = ColumnType.allCases

  private static let byResult = Dictionary(grouping: scalars, by: \.result)

  init(leaves: [Node]) { self.leaves = leaves }

  /// An expression meant to be of `type`, with at most `depth` levels.
  func expression(
    _ type: ColumnType, depth: Int, _ random: inout SeededGenerator
  ) -> Node {
    if depth <= 0 || random.oneIn(5) { return leaf(type, &random) }
    switch random.number(0...9) {
    case 0: return conditional(type, depth - 1, &random)
    case 2 where !tables.isEmpty && random.oneIn(6): return scalarSubquery(type, &random)
    case 1: return cast(to: type, depth - 1, &random)
    case 2 where type == .text: return concatenation(depth - 1, &random)
    case 2..<7 where type == .boolean: return predicate(depth - 1, &random)
    default:
      guard let candidates = Self.byResult[type] else { return leaf(type, &random) }
      return call(random.pick(candidates), depth - 1, &random)
    }
  }

  /// A call of an overload.
  func call(
    _ signature: CatalogSignature, _ depth: Int, _ random: inout SeededGenerator
  ) -> Node {
    var arguments: [Node] = []
    for index in signature.parameters.indices {
      arguments.append(argument(index, of: signature, depth, &random))
    }
    let type = signature.result
    switch (signature.kind, signature.name) {
    case (.binaryOperator, let name):
      return Node(["(", " \(name) ", ")"], arguments, type)
    case (.prefixOperator, let name): return Node(["(\(name) ", ")"], arguments, type)
    case (_, "extract"):
      return Node(["extract(\(ArgumentPool.field(&random)) FROM ", ")"], [arguments[1]], type)
    case (_, "position"):
      return Node(["position((", ") IN (", "))"], [arguments[1], arguments[0]], type)
    case (_, let name): return .call(name, arguments, type)
    }
  }

  func argument(
    _ index: Int, of signature: CatalogSignature, _ depth: Int, _ random: inout SeededGenerator
  ) -> Node {
    if let constant = ArgumentPool.constant(index, of: signature, &random) { return constant }
    var type = signature.parameters[index]
    if random.oneIn(120) {
      type = random.pick(Self.types)
    } else if random.oneIn(6) {
      type = ArgumentPool.implicitSource(of: type, for: signature, &random)
    }
    if random.oneIn(25) { return Literals.untyped(type, &random) }
    return expression(type, depth: depth, &random)
  }

  private func leaf(_ type: ColumnType, _ random: inout SeededGenerator) -> Node {
    let candidates = leaves.filter { $0.type == type }
    if !candidates.isEmpty, !random.oneIn(4) { return random.pick(candidates) }
    if random.oneIn(30) { return Node("NULL::\(type.name)", type) }
    return Literals.typed(type, &random)
  }

  private func cast(
    to type: ColumnType, _ depth: Int, _ random: inout SeededGenerator
  ) -> Node {
    let source = ArgumentPool.castSource(of: type, &random)
    let operand = expression(source, depth: depth, &random)
    return random.oneIn(2)
      ? Node(["CAST(", " AS \(type.name))"], [operand], type)
      : Node(["(", ")::\(type.name)"], [operand], type)
  }

  private func concatenation(_ depth: Int, _ random: inout SeededGenerator) -> Node {
    var arguments: [Node] = []
    for _ in 0..<random.number(1...3) {
      arguments.append(expression(random.pick(Self.types), depth: depth, &random))
    }
    guard random.oneIn(2) else { return .call("concat", arguments, .text) }
    return .call("concat_ws", [expression(.text, depth: depth, &random)] + arguments, .text)
  }
}
