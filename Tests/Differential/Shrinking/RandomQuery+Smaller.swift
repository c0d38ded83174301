import Columnar

/// Queries that are one step smaller.
extension RandomQuery {
  /// What `reduce` makes of this query, and of each query below it in its place.
  func smaller(by reduce: (RandomQuery) -> [RandomQuery]) -> [RandomQuery] {
    reduce(self)
      + parts.flatMap { part in
        (self[part]?.smaller(by: reduce) ?? []).map { smaller in
          var changed = self
          changed[part] = smaller
          return changed
        }
      }
  }

  /// Without the queries around another, or with less in them.
  var withLessAround: [RandomQuery] {
    var smaller = parts.compactMap { part -> RandomQuery? in
      guard var query = self[part] else { return nil }
      query.isNested = isNested
      return query
    }
    for index in common.indices {
      smaller.append(changed { $0.common.remove(at: index) })
      smaller.append(changed { $0.inline(common[index]) })
    }
    for index in arms.indices { smaller.append(changed { $0.arms.remove(at: index) }) }
    for index in joins.indices {
      smaller.append(changed { $0.joins.remove(at: index) })
      smaller.append(
        changed {
          $0.source = joins[index].source
          $0.joins.remove(at: index)
        })
    }
    return smaller
  }

  /// Without one of the clauses, or one part of them.
  var withFewerClauses: [RandomQuery] {
    var smaller: [RandomQuery] = []
    func add(_ change: (inout RandomQuery) -> Void) { smaller.append(changed(change)) }
    if limit != nil { add { $0.limit = nil } }
    if offset != nil { add { $0.offset = nil } }
    if isDistinct { add { $0.isDistinct = false } }
    if distinctOn > 0 { add { $0.distinctOn -= 1 } }
    if having != nil { add { $0.having = nil } }
    if filter != nil { add { $0.filter = nil } }
    if expansion != nil { add { $0.expansion = nil } }
    // A LIMIT of rows in no order may take any.
    if !order.isEmpty, !isLimited { add { ($0.order, $0.distinctOn) = ([], 0) } }
    if !groups.isEmpty { add { $0.groups = [] } }
    for index in order.indices where order.count > 1 { add { $0.order.remove(at: index) } }
    for index in groups.indices where groups.count > 1 { add { $0.groups.remove(at: index) } }
    for index in joins.indices where joins[index].shared.count > 1 {
      add { $0.joins[index].shared.removeLast() }
    }
    for index in items.indices {
      if items.count > 1 {
        add { query in
          query.items.remove(at: index)
          for arm in query.arms.indices where query.arms[arm].query.items.indices.contains(index) {
            query.arms[arm].query.items.remove(at: index)
          }
        }
      }
      if items[index].alias != nil { add { $0.items[index].alias = nil } }
    }
    for index in order.indices where !order[index].direction.isEmpty {
      add { $0.order[index].direction = "" }
    }
    return smaller
  }

  /// With a part of an expression instead of the whole.
  var withSmallerExpressions: [RandomQuery] {
    places.flatMap { place -> [RandomQuery] in
      guard let node = self[place] else { return [] }
      return node.paths.flatMap { path in
        node[path[...]].replacements.map { replacement in
          changed { $0[place]?[path[...]] = replacement }
        }
      }
    }
  }

  private func changed(_ change: (inout RandomQuery) -> Void) -> RandomQuery {
    var query = self
    change(&query)
    return query
  }

  /// Puts a query of WITH wherever FROM names it.
  private mutating func inline(_ common: Common) {
    source.inline(common)
    for index in joins.indices { joins[index].source.inline(common) }
    for part in parts { self[part]?.inline(common) }
  }
}

extension RandomSource {
  fileprivate mutating func inline(_ common: RandomQuery.Common) {
    guard case .named(common.name, let alias) = self else { return }
    self = .query(common.query, alias: alias ?? common.name)
  }
}

extension Node {
  /// What may stand in the node's place and is smaller.
  fileprivate var replacements: [Node] {
    if isOptional { return [.nothing] }
    if isList { return children.count > 1 ? children.indices.map(removing) : [] }
    var smaller = children.filter { !$0.isOptional && !$0.isList && $0.pieces != [""] }
    guard let type, size > 1 else { return smaller }
    smaller += ValuePool.values(of: type).prefix(2).map {
      Node("\(RandomTable.constant($0))::\(type.name)", type)
    }
    smaller.append(Node("NULL::\(type.name)", type))
    return smaller
  }
}
