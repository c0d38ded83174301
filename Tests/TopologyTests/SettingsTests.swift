import Testing
import Topology

@Suite struct SettingsTests {
  @Test func defaults() throws {
    let topology = try load(topologyText())
    #expect(topology.file == "t.yaml")
    #expect(topology.name == "test")
    #expect(topology.workers == 3)
    #expect(topology.credit.bytes == 64 << 20)
    #expect(topology.credit.partitions == nil)
    #expect(topology.liveness.interval == .milliseconds(250))
    #expect(topology.liveness.intervalAcrossHosts == .seconds(1))
    #expect(topology.liveness.missed == 3)
    #expect(topology.patience == .seconds(30))
    #expect(topology.attempts == 4)
    #expect(topology.retryBackoff == .milliseconds(100))
    #expect(topology.timeout == nil)
    #expect(topology.secondAttempts == 0.05)
    #expect(topology.onFailure == .fail)
    #expect(topology.balance == .leastLoaded)
    #expect(topology.determinism == .report)
    #expect(topology.durability == .machine)
  }

  @Test func allAreTaken() throws {
    let topology = try load(
      topologyText(
        more: """
          workers: 7
          credit: { bytes: 1GiB, partitions: 9 }
          liveness: { interval: 1s, missed: 5 }
          patience: 2m
          attempts: 1
          retry_backoff: 0ms
          timeout: 60s
          second_attempts: 12.5%
          on_failure: quarantine
          balance: round-robin
          determinism: off
          durability: process
          """))
    #expect(topology.workers == 7)
    #expect(topology.credit.bytes == 1 << 30)
    #expect(topology.credit.partitions == 9)
    #expect(topology.liveness.interval == .seconds(1))
    #expect(topology.liveness.intervalAcrossHosts == .seconds(1))
    #expect(topology.liveness.missed == 5)
    #expect(topology.patience == .seconds(120))
    #expect(topology.attempts == 1)
    #expect(topology.retryBackoff == .zero)
    #expect(topology.balance == .roundRobin)
    #expect(topology.determinism == .off)
    #expect(topology.timeout == .seconds(60))
    #expect(topology.secondAttempts == 0.125)
    #expect(topology.onFailure == .quarantine)
    #expect(topology.durability == .process)
  }

  @Test(arguments: [
    ("machine", Topology.Durability.machine), ("process", .process), ("off", .off), ("'off'", .off),
  ])
  func durabilityIsChosen(text: String, durability: Topology.Durability) throws {
    #expect(try load(topologyText(more: "durability: \(text)")).durability == durability)
  }

  @Test(arguments: [
    ("5%", 0.05), ("0.05", 0.05), ("0%", 0), ("0", 0), ("100%", 1), ("1", 1), ("1.0", 1),
    (".5", 0.5), ("0.5 %", 0.005),
  ])
  func shareIsAFractionOrAPercentage(text: String, share: Double) throws {
    #expect(try load(topologyText(more: "second_attempts: \(text)")).secondAttempts == share)
  }

  @Test(arguments: [
    "5", "101%", "100.1%", "1.01", "-1%", "-0.1", "%", ".", "1.2.3%", "5%%", "0x1p-4", "inf", "nan",
    "1e-2", "few", "٥%",
  ])
  func wrongShareIsRefused(text: String) {
    #expect(
      errors(of: topologyText(more: "second_attempts: '\(text)'")).first?.hasPrefix(
        "t.yaml:5:18: error: second_attempts must be a share from 0% to 100%, such as 5% or 0.05,")
        == true)
    let plain = errors(of: topologyText(more: "second_attempts: ${S}"), environment: ["S": text])
    #expect(
      plain == [
        "t.yaml:5:18: error: second_attempts must be a share from 0% to 100%, such as 5% or 0.05,"
          + " not '\(text)'"
      ])
  }

  @Test(arguments: ["100ms", "24h"])
  func timeoutTakesItsLimits(text: String) throws {
    #expect(try load(topologyText(more: "timeout: \(text)")).timeout != nil)
  }

  @Test(arguments: [0, -1, 5000])
  func processorCountIsKeptWithinTheLimits(count: Int) throws {
    let topology = try Topology.load(
      bytes: Array(topologyText().utf8), file: "t.yaml", processorCount: count)
    #expect(topology.workers == min(max(count, 1), 1024))
  }

  @Test(arguments: [
    ("workers: 0", "10: error: workers must be a whole number from 1 to 1024, not '0'"),
    ("workers: -2", "10: error: workers must be a whole number from 1 to 1024, not '-2'"),
    ("workers: 2.5", "10: error: workers must be a whole number from 1 to 1024, not '2.5'"),
    ("workers: many", "10: error: workers must be a whole number from 1 to 1024, not 'many'"),
    ("workers:", "9: error: workers must be a whole number from 1 to 1024, not nothing"),
    (
      "workers: '2'",
      "10: error: workers must be a whole number from 1 to 1024, not the text \"2\": leave out the"
        + " quotes"
    ),
    ("attempts: 0", "11: error: attempts must be a whole number from 1 to 100, not '0'"),
    (
      "patience: 5",
      "11: error: patience must be a duration from 100ms to 24h, such as 250ms, 1s or 2m, not '5'"
    ),
    (
      "patience: 99999999999999999h",
      "11: error: patience must be a duration from 100ms to 24h, such as 250ms, 1s or 2m, not"
        + " '99999999999999999h'"
    ),
    (
      "retry_backoff: 2m",
      "16: error: retry_backoff must be a duration from 0ms to 1m, such as 250ms, 1s or 2m, not"
        + " '2m'"
    ),
    (
      "credit: 5",
      "9: error: credit must be a mapping such as 'credit: { bytes: 64MiB }', not '5'"
    ),
    (
      "credit: { byte: 5 }",
      "11: error: unknown key 'byte' in credit; did you mean 'bytes'?"
    ),
    (
      "credit: { partitions: 0 }",
      "23: error: credit.partitions must be a whole number from 1 to 1000000, not '0'"
    ),
    (
      "credit: { bytes: 9223372036854775807GiB }",
      "18: error: credit.bytes must be a size from 64KiB to 64GiB, such as 64KiB, 1MB or 4096, not"
        + " '9223372036854775807GiB'"
    ),
    (
      "liveness: { interval: 1ms }",
      "23: error: liveness.interval must be a duration from 10ms to 1m, such as 250ms, 1s or 2m,"
        + " not '1ms'"
    ),
    (
      "liveness: { missed: x }",
      "21: error: liveness.missed must be a whole number from 1 to 100, not 'x'"
    ),
    (
      "timeout: 99ms",
      "10: error: timeout must be a duration from 100ms to 24h, such as 250ms, 1s or 2m, not '99ms'"
    ),
    (
      "timeout: 25h",
      "10: error: timeout must be a duration from 100ms to 24h, such as 250ms, 1s or 2m, not '25h'"
    ),
    (
      "timeout: 1 day",
      "10: error: timeout must be a duration from 100ms to 24h, such as 250ms, 1s or 2m, not '1 day'"
    ),
    (
      "on_failure: quarantin",
      "13: error: on_failure cannot be 'quarantin'; did you mean 'quarantine'?"
    ),
    (
      "durability: disk",
      "13: error: durability cannot be 'disk'; it is one of: machine, process, off"
    ),
    (
      "durability: proces",
      "13: error: durability cannot be 'proces'; did you mean 'process'?"
    ),
    (
      "balance: locality",
      "10: error: balance: 'locality' is not supported yet: use least-loaded or round-robin"
    ),
    (
      "balance: least_loaded",
      "10: error: balance cannot be 'least_loaded'; did you mean 'least-loaded'?"
    ),
    (
      "determinism: never",
      "14: error: determinism cannot be 'never'; it is one of: report, fail, off"
    ),
  ])
  func wrongSettingIsRefused(text: String, error: String) {
    #expect(errors(of: topologyText(more: text)) == ["t.yaml:5:" + error])
  }

  @Test(arguments: ["a b", "'" + String(repeating: "x", count: 65) + "'", "''", "ä"])
  func wrongNameIsRefused(name: String) {
    let text = "topology: \(name)\nsource: { files: a.csv }\nstages: [{ name: s, sql: x }]"
    let found = errors(of: text)
    #expect(found.count == 1)
    #expect(found[0].hasPrefix("t.yaml:1:11: error: topology must be 1 to 64 letters"))
  }
}
