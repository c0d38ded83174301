import Columnar
import SQLLogic

/// Makes a trial smaller while its difference stays.
struct Shrinker {
  let judge: Judge
  /// What must still differ.
  let kind: Difference.Kind
  /// How often it may try.
  private var attempts = 1500

  init(judge: Judge, kind: Difference.Kind) {
    self.judge = judge
    self.kind = kind
  }

  /// The smallest trial found.
  mutating func shrink(_ trial: Trial) throws -> Trial {
    var best = trial
    var improves = true
    while improves, attempts > 0 {
      improves = false
      for candidates in [Self.shapes, Self.clauses, Self.expressions, Self.rows, Self.columns] {
        while let smaller = try firstDiffering(candidates(best)), attempts > 0 {
          best = smaller
          improves = true
        }
      }
    }
    return best
  }

  private mutating func firstDiffering(_ candidates: [Trial]) throws -> Trial? {
    for candidate in candidates where attempts > 0 {
      attempts -= 1
      if case .differs(let difference) = try judge.judge(candidate).verdict,
        difference.kind == kind
      {
        return candidate
      }
    }
    return nil
  }

  /// Fewer partitions and CSV.
  private static func shapes(_ trial: Trial) -> [Trial] {
    var simple = trial
    var smaller: [Trial] = []
    if trial.partitions > 1 {
      simple.partitions = 1
      smaller.append(simple)
      if trial.partitions > 2 {
        simple.partitions = 2
        smaller.append(simple)
      }
    }
    simple = trial
    simple.readsJSON = false
    return trial.readsJSON ? smaller + [simple] : smaller
  }

  /// Without one of the clauses, or one part of them.
  private static func clauses(_ trial: Trial) -> [Trial] {
    var smaller: [Trial] = []
    func add(_ change: (inout RandomQuery) -> Void) {
      var candidate = trial
      change(&candidate.query)
      smaller.append(candidate)
    }
    let query = trial.query
    if query.limit != nil { add { $0.limit = nil } }
    if query.offset != nil { add { $0.offset = nil } }
    if query.isDistinct { add { $0.isDistinct = false } }
    if query.having != nil { add { $0.having = nil } }
    if query.filter != nil { add { $0.filter = nil } }
    if query.expansion != nil { add { $0.expansion = nil } }
    if !query.order.isEmpty { add { $0.order = [] } }
    if !query.groups.isEmpty { add { $0.groups = [] } }
    for index in query.order.indices where query.order.count > 1 {
      add { $0.order.remove(at: index) }
    }
    for index in query.groups.indices where query.groups.count > 1 {
      add { $0.groups.remove(at: index) }
    }
    for index in query.items.indices {
      if query.items.count > 1 { add { $0.items.remove(at: index) } }
      if query.items[index].alias != nil { add { $0.items[index].alias = nil } }
    }
    for index in query.order.indices where !query.order[index].direction.isEmpty {
      add { $0.order[index].direction = "" }
    }
    return smaller
  }

  /// With a part of an expression instead of the whole.
  private static func expressions(_ trial: Trial) -> [Trial] {
    var smaller: [Trial] = []
    for place in trial.query.places {
      guard let node = trial.query[place] else { continue }
      for path in node.paths {
        for replacement in replacements(of: node[path[...]]) {
          var candidate = trial
          candidate.query[place]?[path[...]] = replacement
          smaller.append(candidate)
        }
      }
    }
    return smaller
  }

  private static func replacements(of node: Node) -> [Node] {
    var smaller = node.children
    guard let type = node.type, node.size > 1 else { return smaller }
    smaller += ValuePool.values(of: type).prefix(2).map {
      Node("\(RandomTable.constant($0))::\(type.name)", type)
    }
    smaller.append(Node("NULL::\(type.name)", type))
    return smaller
  }

  /// Without half of the rows, a quarter, …, one; and with NULL for values.
  private static func rows(_ trial: Trial) -> [Trial] {
    let count = trial.table.rows.count
    var smaller: [Trial] = []
    var length = (count + 1) / 2
    while length > 0 {
      for start in stride(from: 0, to: count, by: length) {
        var candidate = trial
        candidate.table.rows.removeSubrange(start..<min(start + length, count))
        smaller.append(candidate)
      }
      length = length == 1 ? 0 : (length + 1) / 2
    }
    return smaller
  }

  /// Without a column that the query does not name.
  private static func columns(_ trial: Trial) -> [Trial] {
    guard trial.table.columns.count > 1 else { return [] }
    return trial.table.columns.indices.compactMap { index in
      guard
        !trial.query.sql.contains(RandomTable.quoted(trial.table.columns[index].name))
          || trial.table.columns.count > 3
      else { return nil }
      var candidate = trial
      candidate.table.columns.remove(at: index)
      for row in candidate.table.rows.indices { candidate.table.rows[row].remove(at: index) }
      return candidate
    }
  }
}
