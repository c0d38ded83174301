import Columnar
import Query

/// Aggregates, over groups and over windows.
extension ExpressionGenerator {
  /// An aggregate over expressions of these leaves.
  func aggregate(depth: Int, _ random: inout SeededGenerator) -> Node {
    if random.oneIn(8) { return filtered(Node("count(*)", .bigint), depth, &random) }
    let signature = chosen(among: Self.aggregates, &random)
    var arguments = arguments(of: signature, depth, &random)
    var node = Node.call(signature.name, arguments, signature.result)
    if signature.kind == .orderedSetAggregate, let sorted = arguments.popLast() {
      node = .call(signature.name, arguments, signature.result)
      node = Node(["", " WITHIN GROUP (ORDER BY ", ")"], [node, sorted], signature.result)
    } else if random.oneIn(6) {
      node.pieces[0] += "DISTINCT "
    }
    if signature.name == "string_agg" {
      // In the order of the texts: that of a group's rows is not said.
      node = Node(
        [node.pieces[0], ", ", " ORDER BY ", ")"], arguments + [arguments[0]], signature.result)
    }
    node.sumsDoubles = Self.addsUp(signature)
    return filtered(node, depth, &random)
  }

  /// An aggregate as OVER takes it: without DISTINCT and ORDER BY.
  func windowAggregate(depth: Int, _ random: inout SeededGenerator) -> Node {
    if random.oneIn(8) { return filtered(Node("count(*)", .bigint), depth, &random) }
    let signature = chosen(among: Self.plainAggregates, &random)
    var arguments = arguments(of: signature, depth, &random)
    if Self.isSpread(signature) {
      // An argument without type would make doubles of all.
      arguments = zip(arguments, signature.parameters).map { argument, type in
        Node(["CAST(", " AS \(type.name))"], [argument], type)
      }
    }
    var node = Node.call(signature.name, arguments, signature.result)
    node.sumsDoubles = Self.addsUp(signature)
    return filtered(node, depth, &random)
  }

  /// Without spreads of doubles, which are noise where a frame's values are nearly equal.
  private static let plainAggregates = aggregates.filter { signature in
    signature.kind == .aggregate && !(isSpread(signature) && sumsDoubles(signature))
  }

  private func chosen(
    among signatures: [CatalogSignature], _ random: inout SeededGenerator
  ) -> CatalogSignature {
    var signature = random.pick(signatures)
    while !sumsDoubles, Self.sumsDoubles(signature) { signature = random.pick(signatures) }
    return signature
  }

  private static func sumsDoubles(_ signature: CatalogSignature) -> Bool {
    signature.parameters.contains(.double) && addsUp(signature)
  }

  /// Whether values are added up: doubles may be among them, where another type was meant.
  private static func addsUp(_ signature: CatalogSignature) -> Bool {
    isSpread(signature) || ["sum", "avg", "percentile_cont"].contains(signature.name)
  }

  private static func isSpread(_ signature: CatalogSignature) -> Bool {
    ["var", "stddev", "regr", "covar", "corr"].contains { signature.name.hasPrefix($0) }
  }

  private func arguments(
    of signature: CatalogSignature, _ depth: Int, _ random: inout SeededGenerator
  ) -> [Node] {
    var arguments: [Node] = []
    for index in signature.parameters.indices {
      arguments.append(argument(index, of: signature, depth, &random))
    }
    return arguments
  }

  private func filtered(_ node: Node, _ depth: Int, _ random: inout SeededGenerator) -> Node {
    var node = node
    node.isAggregate = true
    node.isVariable = true
    guard random.oneIn(6) else { return node }
    let condition = expression(.boolean, depth: depth, &random)
    let filter = Node.optional([" FILTER (WHERE ", ")"], [condition])
    return Node(["", "", ""], [node, filter], node.type)
  }
}
