/// Reads the root of a topology.
struct TopologyReader {
  static let keys = ["topology", "use", "source", "tables", "stages", "workers", "sink"] + settings
  /// The keys that say how all stages are run.
  static let settings = [
    "credit", "liveness", "patience", "attempts", "retry_backoff", "timeout", "second_attempts",
    "on_failure", "balance", "determinism", "durability",
  ]

  let context: LoadContext
  /// Workers when the file does not say.
  let processorCount: Int

  /// The topology.
  ///
  /// - Throws: all that is wrong, also what was reported before.
  func read(_ root: YAMLNode) throws(TopologyErrors) -> Topology {
    let remedy = "topology: NAME, source: …, stages: …"
    let fields = Fields.read(root, "the topology", known: Self.keys, remedy: remedy, in: context)
    let topology = fields.flatMap(topology)
    try context.throwErrors()
    guard let topology else {
      preconditionFailure("a topology that cannot be read has at least one error reported")
    }
    return topology
  }

  private func topology(_ fields: Fields) -> Topology? {
    for key in ["topology", "source", "stages"] where fields[key] == nil {
      context.report("the topology needs '\(key)'", at: fields.position)
    }
    let name = fields["topology"].flatMap { context.name($0.value, "topology") }
    let source = fields["source"].flatMap { SourceReader(context: context).read($0.value) }
    let tables = fields["tables"].map { TableReader(context: context).read($0.value) } ?? []
    let stages = fields["stages"].map { StageReader(context: context).read($0.value) } ?? []
    checkNames(of: stages)
    let sink = fields["sink"].map { SinkReader(context: context).read($0.value) }
    let settings = SettingsReader(context: context, fields: fields)
    let counts = Topology.workerCounts
    let workers = settings.workers(
      default: Int(min(max(Int64(processorCount), counts.lowerBound), counts.upperBound)))
    let credit = settings.credit()
    let liveness = settings.liveness()
    let patience = settings.duration(
      "patience", in: .milliseconds(100)...(.seconds(86_400)), default: .seconds(30))
    let retryBackoff = settings.duration(
      "retry_backoff", in: .zero ... .seconds(60), default: .milliseconds(100))
    let attempts = settings.attempts()
    let timeout = settings.timeout()
    let secondAttempts = settings.secondAttempts()
    let policies = settings.policies()
    guard let name, let source, !stages.isEmpty else { return nil }
    return Topology(
      file: context.file, name: name, source: source, tables: tables, stages: stages,
      workers: workers,
      sink: sink ?? .table(null: ""), credit: credit, liveness: liveness, patience: patience,
      attempts: attempts, retryBackoff: retryBackoff, timeout: timeout,
      secondAttempts: secondAttempts, onFailure: policies.onFailure, balance: policies.balance,
      determinism: policies.determinism, durability: policies.durability)
  }

  private func checkNames(of stages: [Topology.Stage]) {
    var first: [String: TopologyPosition] = [:]
    for stage in stages {
      guard let other = first[stage.name] else {
        first[stage.name] = stage.position
        continue
      }
      context.report(
        "two stages are called '\(stage.name)' (the first is at \(other)): rename one",
        at: stage.position)
    }
  }
}
