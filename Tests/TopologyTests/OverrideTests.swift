import Testing
import Topology

@Suite struct OverrideTests {
  private let text = """
    topology: t
    source:
      files: [a.csv, b.csv]
      partition: 1MiB
    stages:
      - { name: report, sql: SELECT 1 }
      - { name: dotted.name, operator: { name: noop, configuration: { a: { b: 1 } } } }
    sink: { file: out.csv }
    """

  private func source(_ overrides: String...) throws -> Topology.FileSource {
    guard case .files(let source) = try load(text, overrides: overrides).source else {
      throw UnexpectedValue()
    }
    return source
  }

  @Test func valueIsReplaced() throws {
    #expect(try source("source.partition=4MiB").partition == 4 << 20)
    #expect(try source("source.partition=4MiB", "source.partition=8MiB").partition == 8 << 20)
    #expect(try load(text, overrides: ["topology=other"]).name == "other")
  }

  @Test func valueIsAdded() throws {
    #expect(try source("source.deliver=inline").deliver == .inline)
    let topology = try load(
      text + "\ncredit:", overrides: ["liveness.missed=9", "credit.partitions=2"])
    #expect(topology.liveness.missed == 9)
    #expect(topology.credit.partitions == 2)
  }

  @Test func listsAreSetWholeAndByItem() throws {
    #expect(try source("source.files=c.csv").patterns.map(\.text) == ["c.csv"])
    #expect(try source("source.files=[c.csv, d.csv]").patterns.map(\.text) == ["c.csv", "d.csv"])
    #expect(try source("source.files.1=c.csv").patterns.map(\.text) == ["a.csv", "c.csv"])
    #expect(try source("source.files=\"c d.csv\"").patterns.map(\.text) == ["c d.csv"])
  }

  @Test func stagesAreSetByName() throws {
    let topology = try load(
      text,
      overrides: [
        "stages.report.sql=SELECT 2 = 2", "stages.dotted.name.operator.configuration.a.b=[x]",
      ])
    guard case .sql(let query) = topology.stages[0].work,
      case .operator(let call) = topology.stages[1].work
    else { throw UnexpectedValue() }
    #expect(query.string == "SELECT 2 = 2")
    #expect(call.configuration == #"{"a":{"b":["x"]}}"#)
  }

  @Test func columnsMayHoldDots() throws {
    let columns = try source("source.columns.a.b=double").columns
    #expect(columns.map(\.name) == ["a.b"])
    #expect(columns.map(\.position.description) == ["--set source.columns.a.b"])
  }

  @Test func sinkIsReplacedWhole() throws {
    #expect(try load(text, overrides: ["sink={ discard: true }"]).sink == .discard)
    #expect(try load(text, overrides: ["sink=table"]).sink == .table(null: ""))
  }

  @Test func variablesAreFilledIn() throws {
    let topology = try load(text, overrides: ["workers=${N}"], environment: ["N": "8"])
    #expect(topology.workers == 8)
  }

  @Test func wrongValueInTheFileDoesNotMatterWhenReplaced() throws {
    let text = topologyText(more: "workers: ${UNSET}")
    #expect(try load(text, overrides: ["workers=2"]).workers == 2)
  }

  @Test(arguments: [
    (
      "source.partiton=4MiB",
      "source.partiton: error: unknown key 'partiton' in source; did you mean 'partition'?"
    ),
    (
      "sorce.partition=4MiB",
      "sorce.partition: error: unknown key 'sorce' in the topology; did you mean 'source'?"
    ),
    (
      "workers=0",
      "workers: error: workers must be a whole number from 1 to 1024, not '0'"
    ),
    (
      "workers=\"2\"",
      "workers: error: workers must be a whole number from 1 to 1024, not the text \"2\": leave out"
        + " the quotes"
    ),
    ("workers", "workers: error: expected PATH=VALUE, such as source.partition=4MiB"),
    ("=1", ": error: expected PATH=VALUE, such as source.partition=4MiB"),
    ("a..b=1", "a..b: error: expected PATH=VALUE, such as source.partition=4MiB"),
    (
      "topology.name=x",
      "topology.name: error: 'topology' is a single value: nothing within it can be set"
    ),
    (
      "stages.reprot.sql=x",
      "stages.reprot.sql: error: no item 'reprot' in stages; did you mean 'report'?; numbers are 0"
        + " to 1"
    ),
    (
      "source.files.2=x",
      "source.files.2: error: no item '2' in source.files; numbers are 0 to 1"
    ),
  ])
  func wrongOverrideIsRefused(override: String, error: String) {
    #expect(errors(of: text, overrides: [override]) == ["--set " + error])
  }

  @Test func wrongYAMLIsRefused() {
    let found = errors(of: text, overrides: ["source.files=[a"])
    #expect(found.count == 1)
    #expect(found[0].hasPrefix("--set source.files: error: not valid YAML"))
  }

  @Test func errorsOfOverridesComeLast() {
    let found = errors(of: text + "\nworkers: 0", overrides: ["patience=0", "attempts=0"])
    #expect(found.map { $0.prefix(12) } == ["t.yaml:9:10:", "--set patien", "--set attemp"])
  }
}
