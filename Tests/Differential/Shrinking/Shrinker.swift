import Columnar
import SQLLogic

/// Makes a trial smaller while its difference stays.
struct Shrinker {
  let judge: Judge
  /// What must still differ.
  let family: [String]
  /// How often it may try.
  private var attempts = 3000

  init(judge: Judge, difference: Difference) {
    self.judge = judge
    family = difference.family
  }

  /// The smallest trial found.
  mutating func shrink(_ trial: Trial) throws -> Trial {
    var best = trial
    let steps: [(Trial) -> [Trial]] = [
      Self.shapes, Self.queries(\.withLessAround), Self.queries(\.withFewerClauses),
      Self.queries(\.withSmallerExpressions), Self.rows, Self.columns,
    ]
    var improves = true
    while improves, attempts > 0 {
      improves = false
      for candidates in steps {
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
        difference.family == family
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

  /// With a smaller query.
  private static func queries(
    _ smaller: @escaping (RandomQuery) -> [RandomQuery]
  ) -> (Trial) -> [Trial] {
    { trial in
      trial.query.smaller(by: smaller).map { query in
        var candidate = trial
        candidate.query = query
        return candidate
      }
    }
  }

  /// Without half of the rows of a table, a quarter, …, one.
  private static func rows(_ trial: Trial) -> [Trial] {
    var smaller: [Trial] = []
    for (name, table) in trial.tables.tables.sorted(by: { $0.key < $1.key }) {
      let count = table.rows.count
      var length = (count + 1) / 2
      while length > 0 {
        for start in stride(from: 0, to: count, by: length) {
          var candidate = trial
          candidate.tables.tables[name]?.rows.removeSubrange(start..<min(start + length, count))
          smaller.append(candidate)
        }
        length = length == 1 ? 0 : (length + 1) / 2
      }
    }
    return smaller
  }

  /// Without a column that the query does not name.
  private static func columns(_ trial: Trial) -> [Trial] {
    trial.tables.tables.sorted { $0.key < $1.key }.flatMap { name, table -> [Trial] in
      guard table.columns.count > 1 else { return [] }
      return table.columns.indices.compactMap { index in
        guard
          !trial.query.sql.contains(RandomTable.quoted(table.columns[index].name))
            || table.columns.count > 3
        else { return nil }
        var smaller = table
        smaller.columns.remove(at: index)
        for row in smaller.rows.indices { smaller.rows[row].remove(at: index) }
        var candidate = trial
        candidate.tables.tables[name] = smaller
        return candidate
      }
    }
  }
}
