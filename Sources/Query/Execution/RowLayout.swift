import Columnar
import Formats

/// The levels on which a SELECT makes its rows - the scan, the set-returning function, the joins -,
/// each with the slots it adds and the part of WHERE that can be decided on it.
struct RowLayout {
  /// What a level does.
  enum Work {
    case scan
    case expand(Expansion)
    case join(JoinPlan)
  }

  struct Level {
    let work: Work
    /// The slots that it adds.
    let slots: Range<Int>
    /// The conditions that can be decided when they are there.
    fileprivate(set) var filter: Expression?
  }

  /// The scan first.
  let levels: [Level]

  init(_ plan: SelectPlan) {
    var levels = [Level(work: .scan, slots: 0..<plan.columns.count)]
    var next = plan.slotCount - plan.joins.reduce(0) { $0 + $1.columns.count }
    for join in plan.joins {
      levels.append(Level(work: .join(join), slots: next..<next + join.columns.count))
      next += join.columns.count
    }
    func level(of slot: Int) -> Int { levels.firstIndex { $0.slots.contains(slot) } ?? 0 }
    if let expansion = plan.expansion {
      // Behind the last join that it reads; those after may read its value.
      let last = expansion.argument.slots.map(level).max() ?? 0
      levels.insert(
        Level(work: .expand(expansion), slots: plan.columns.count..<plan.columns.count + 1),
        at: last + 1)
    }
    let conditions = plan.filter?.conjuncts ?? []
    let places = conditions.map { $0.slots.map(level).max() ?? 0 }
    for level in levels.indices {
      levels[level].filter = Expression.conjunction(
        zip(conditions, places).filter { $0.1 == level }.map(\.0))
    }
    self.levels = levels
  }

  /// The slots that a level's own work reads.
  func reads(_ level: Level) -> Set<Int> {
    switch level.work {
    case .scan: []
    case .expand(let expansion): Set(expansion.argument.slots)
    case .join(let join):
      Set(join.keys.flatMap { $0.row.slots } + (join.condition?.slots ?? []))
    }
  }

  /// What carries out a level behind the scan.
  ///
  /// - Parameter kept: the slots of before that are read afterwards.
  /// - Throws: ``SQLError`` when it cannot be compiled, or a table cannot be read.
  func stage(
    _ level: Level, kept: [Int], _ compiler: ExpressionCompiler, _ tables: TableRows
  ) throws(SQLError) -> any RowStage {
    switch level.work {
    case .scan: preconditionFailure("the scan is no stage")
    case .expand(let expansion):
      return try RowExpander(expansion, slot: level.slots.lowerBound, kept: kept, compiler)
    case .join(let join):
      return try RowJoiner(join, slots: level.slots, kept: kept, compiler, tables)
    }
  }
}
