import Testing
import Topology

@Suite struct TableTests {
  @Test func areReadAsTheSourceIs() throws {
    let topology = try load(
      topologyText(
        more: """
          tables:
            airlines: { file: airlines.csv }
            planes: { file: planes.dat, format: tsv, header: false, nulls: [NA], columns: { c1: bigint } }
          """))
    #expect(topology.tables.map(\.name) == ["airlines", "planes"])
    let (airlines, planes) = (topology.tables[0].source, topology.tables[1].source)
    #expect(airlines.patterns.map(\.text) == ["airlines.csv"])
    #expect(airlines.format == .csv)
    #expect(planes.format == .tsv)
    #expect(!planes.header)
    #expect(planes.nulls == ["NA"])
    #expect(planes.columns.map(\.name) == ["c1"])
  }

  @Test func thereAreNoneWithoutTheKey() throws {
    #expect(try load(topologyText()).tables.isEmpty)
  }

  @Test(arguments: [
    (
      "tables: { airlines: { files: a.csv } }",
      [
        "t.yaml:5:11: error: tables.airlines needs 'file'",
        "t.yaml:5:23: error: unknown key 'files' in tables.airlines; did you mean 'file'?",
      ]
    ),
    (
      "tables: { input: { file: a.csv } }",
      [
        "t.yaml:5:11: error: a table cannot be called 'input', which is what queries call the source"
      ]
    ),
    (
      "tables: { Air: { file: a.csv } }",
      [
        "t.yaml:5:11: error: 'Air' is no name for a table: use a to z, 0 to 9 and _, beginning with "
          + "a letter"
      ]
    ),
    (
      "tables: { a: { file: [a.csv, b.csv] } }",
      ["t.yaml:5:22: error: tables.a.file is one path, not a list"]
    ),
    (
      "tables: { a: { file: a.csv, delimiter: xx } }",
      [
        "t.yaml:5:40: error: tables.a.delimiter must be one ASCII character, not a quote or line "
          + "break, not 'xx'"
      ]
    ),
    (
      "tables: [a.csv]",
      [
        "t.yaml:5:9: error: tables must be a mapping such as 'tables: { airlines: { file: "
          + "airlines.csv } }', not a list"
      ]
    ),
  ])
  func refusals(more: String, expected: [String]) {
    #expect(Set(errors(of: topologyText(more: more))) == Set(expected))
  }
}
