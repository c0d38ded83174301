import SQLLogic

/// Compares a number of random queries and tells of the differences.
struct Campaign {
  private static let queriesPerTable = 50

  let options: Options
  private let judge: Judge
  private var counts = Counts()
  /// The differences shown, each by what is typical of it.
  private var shown: Set<String> = []

  init(_ options: Options, _ connection: PostgreSQLConnection) {
    self.options = options
    judge = Judge(connection)
  }

  /// Runs all queries.
  ///
  /// - Returns: whether there was no difference.
  mutating func run() throws -> Bool {
    var done = 0
    var tables: UInt64 = 0
    while done < options.queries, shown.count < options.differences {
      var random = SeededGenerator(seed: options.seed &* 1_000_003 &+ tables)
      let made = RandomTables.make(&random)
      for index in 0..<min(Self.queriesPerTable, options.queries - done)
      where shown.count < options.differences {
        var generator = QueryGenerator(made)
        var random = SeededGenerator(
          seed: (options.seed &* 1_000_003 &+ tables) &* 1_000_003 &+ UInt64(index))
        let trial = Trial(
          tables: made, query: generator.query(&random), partitions: random.number(1...4),
          readsJSON: random.oneIn(3))
        try take(trial, "seed \(options.seed), table \(tables), query \(index)")
        done += 1
      }
      tables += 1
    }
    Output.say("seed \(options.seed): \(counts)")
    return shown.isEmpty
  }

  private mutating func take(_ trial: Trial, _ place: String) throws {
    let (verdict, _, _) = try judge.judge(trial)
    counts.add(verdict)
    guard case .differs(let difference) = verdict else { return }
    var shrinker = Shrinker(judge: judge, difference: difference)
    let smallest = try shrinker.shrink(trial)
    guard case (.differs(let difference), let ours, let theirs) = try judge.judge(smallest) else {
      throw DifferentialError("\(place): a difference comes and goes:\n\(trial.reproduction)")
    }
    let report = DifferenceReport(
      trial: smallest, difference: difference, ours: ours, theirs: theirs)
    guard shown.insert(report.signature).inserted else { return }
    Output.say("difference \(shown.count) (\(place)): \(report)\n")
  }
}
