/// Reads how a topology is run.
struct SettingsReader {
  let context: LoadContext
  /// The root's entries.
  let fields: Fields

  /// Local worker processes.
  func workers(default count: Int) -> Int {
    integer("workers", in: Topology.workerCounts, of: fields) ?? count
  }

  /// How often a partition is tried.
  func attempts() -> Int {
    integer("attempts", in: 1...100, of: fields) ?? 4
  }

  /// `timeout:`, or `nil` for no limit.
  func timeout() -> Duration? {
    fields["timeout"].flatMap {
      context.duration($0.value, "timeout", in: .milliseconds(100)...(.seconds(86_400)))
    }
  }

  /// The share of partitions that may be tried a second time beside a slow first attempt.
  func secondAttempts() -> Double {
    fields["second_attempts"].flatMap { context.share($0.value, "second_attempts") } ?? 0.05
  }

  /// A duration at the root.
  func duration(
    _ key: String, in range: ClosedRange<Duration>, default value: Duration
  ) -> Duration {
    fields[key].flatMap { context.duration($0.value, key, in: range) } ?? value
  }

  /// `credit:`
  func credit() -> Topology.Credit {
    let inner = mapping(
      "credit", known: ["bytes", "partitions"], remedy: "credit: { bytes: 64MiB }")
    let bytes = inner?["bytes"].flatMap {
      context.size($0.value, "credit.bytes", in: (64 << 10)...(64 << 30))
    }
    let partitions = inner.flatMap {
      integer("partitions", in: 1...1_000_000, of: $0, under: "credit.")
    }
    return Topology.Credit(bytes: bytes ?? 64 << 20, partitions: partitions)
  }

  /// `liveness:`
  func liveness() -> Topology.Liveness {
    let inner = mapping(
      "liveness", known: ["interval", "missed"], remedy: "liveness: { interval: 250ms, missed: 3 }")
    let interval = inner?["interval"].flatMap {
      context.duration($0.value, "liveness.interval", in: .milliseconds(10)...(.seconds(60)))
    }
    let missed = inner.flatMap { integer("missed", in: 1...100, of: $0, under: "liveness.") }
    return Topology.Liveness(
      interval: interval ?? .milliseconds(250), intervalAcrossHosts: interval ?? .seconds(1),
      missed: missed ?? 3)
  }

  /// The enumerations at the root.
  func policies() -> (
    onFailure: Topology.FailurePolicy, balance: Topology.Balance,
    determinism: Topology.Determinism, durability: Topology.Durability
  ) {
    (
      choice("on_failure", default: .fail),
      choice(
        "balance", refusals: ["locality": "use least-loaded or round-robin"],
        default: .leastLoaded),
      choice("determinism", default: .report),
      choice("durability", default: .machine)
    )
  }

  private func choice<Choice: CaseIterable & RawRepresentable<String>>(
    _ key: String, refusals: [String: String] = [:], default value: Choice
  ) -> Choice {
    fields[key].flatMap { context.choice($0.value, key, refusals: refusals) } ?? value
  }

  private func integer(
    _ key: String, in range: ClosedRange<Int64>, of fields: Fields, under prefix: String = ""
  ) -> Int? {
    fields[key].flatMap { context.integer($0.value, prefix + key, in: range) }.map(Int.init)
  }

  private func mapping(_ key: String, known: [String], remedy: String) -> Fields? {
    fields[key].flatMap { Fields.read($0.value, key, known: known, remedy: remedy, in: context) }
  }
}
