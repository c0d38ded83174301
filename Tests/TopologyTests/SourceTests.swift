import Testing
import Topology

@Suite struct SourceTests {
  @Test func filesHaveDefaults() throws {
    let source = try fileSource("files: data/*.csv")
    #expect(source.patterns.map(\.text) == ["data/*.csv"])
    #expect(
      source.patterns[0].position == TopologyPosition(file: "t.yaml", line: 4, column: 10))
    #expect(source.format == .csv)
    #expect(source.partition == 16 << 20)
    #expect(source.columns.isEmpty)
    #expect(source.header)
    #expect(source.nulls == [""])
    #expect(source.delimiter == UInt8(ascii: ","))
    #expect(source.quote == UInt8(ascii: "\""))
    #expect(source.maxRecord == 16 << 20)
    #expect(source.onBadRecord == .fail)
    #expect(source.deliver == .auto)
  }

  @Test func filesTakeAllKeys() throws {
    let source = try fileSource(
      """
      files: [a.dat, "b c.dat"]
      format: csv
      partition: 64KiB
      columns: { dep_delay: double, n: INT8, t: double  precision }
      header: false
      nulls: [NA, "", null, NA]
      delimiter: ";"
      quote: none
      max_record: 1MB
      on_bad_record: skip
      deliver: inline
      """)
    #expect(source.patterns.map(\.text) == ["a.dat", "b c.dat"])
    #expect(source.partition == 65536)
    #expect(source.columns.map(\.name) == ["dep_delay", "n", "t"])
    #expect(source.columns.map(\.type) == [.double, .bigint, .double])
    #expect(
      source.columns[1].position == TopologyPosition(file: "t.yaml", line: 7, column: 33))
    #expect(!source.header)
    #expect(source.nulls == ["NA", "", "null"])
    #expect(source.delimiter == UInt8(ascii: ";"))
    #expect(source.quote == nil)
    #expect(source.maxRecord == 1_000_000)
    #expect(source.onBadRecord == .skip)
    #expect(source.deliver == .inline)
  }

  @Test(arguments: [
    ("a.csv", Topology.Format.csv), ("a.CSV", .csv), ("a.tsv", .tsv), ("x/*.jsonl", .jsonl),
    ("a.ndjson", .jsonl), ("a.txt", .text), ("a.b.log", .text),
  ])
  func formatIsToldByEnding(path: String, format: Topology.Format) throws {
    #expect(try fileSource("files: '\(path)'").format == format)
  }

  @Test func delimiterOfTabsIsTab() throws {
    #expect(try fileSource("files: a.tsv").delimiter == 9)
    #expect(try fileSource("files: a.csv\ndelimiter: \"\\t\"").delimiter == 9)
  }

  @Test func rangeHasDefaults() throws {
    let topology = try load(topologyText(source: "range: { from: -5, to: 1_000_000 }"))
    guard case .range(let range) = topology.source else { throw UnexpectedValue() }
    #expect(range.from == -5)
    #expect(range.to == 1_000_000)
    #expect(range.partition == 10_000)
    #expect(range.payload == 0)
    #expect(try topology.resolveFiles() == [])
  }

  @Test func rangeTakesAllKeys() throws {
    let text = "range: { from: 0, to: 0 }\npartition: 4\npayload: 1KiB\ndeliver: inline"
    guard case .range(let range) = try load(topologyText(source: text)).source else {
      throw UnexpectedValue()
    }
    #expect(range.partition == 4)
    #expect(range.payload == 1024)
    #expect(range.deliver == .inline)
  }

  @Test(arguments: [
    ("files: []", "4:10: error: source.files is an empty list: name a file"),
    ("files: { a: b }", "4:10: error: source.files must be text, not a mapping"),
    ("files: [a.csv, ~]", "4:18: error: source.files must be text, not nothing"),
    ("files: ''", "4:10: error: source.files is empty: give a path"),
    (
      "files: a.gz",
      "4:10: error: the format of 'a.gz' cannot be told from its ending: add 'format:' with one of"
        + " csv, tsv, jsonl, text, bytes"
    ),
    (
      "files: a.csv\nformat: jsnl",
      "5:11: error: source.format cannot be 'jsnl'; did you mean 'jsonl'?"
    ),
    (
      "files: a.csv\npartition: 5",
      "5:14: error: source.partition must be a size from 1KiB to 1GiB, such as 64KiB, 1MB or 4096,"
        + " not '5'"
    ),
    (
      "files: a.csv\npartition: 16Mib",
      "5:14: error: source.partition: unknown unit 'Mib'; did you mean 'MiB'?"
    ),
    (
      "files: a.csv\npartition: [1]",
      "5:14: error: source.partition must be a size from 1KiB to 1GiB, such as 64KiB, 1MB or 4096,"
        + " not a list"
    ),
    (
      "files: a.csv\ncolumns: { x: doubel }",
      "5:17: error: source.columns.x: unknown type 'doubel'; did you mean 'double'?"
    ),
    (
      "files: a.csv\ncolumns: [x]",
      "5:12: error: source.columns must be a mapping such as 'columns: { delay: double }', not a"
        + " list"
    ),
    ("files: a.csv\nheader: 1", "5:11: error: source.header must be true or false, not '1'"),
    (
      "files: a.csv\nheader: 'true'",
      "5:11: error: source.header must be true or false, not the text \"true\": leave out the"
        + " quotes"
    ),
    ("files: a.csv\nnulls: { a: b }", "5:10: error: source.nulls must be text, not a mapping"),
    (
      "files: a.csv\ndelimiter: '::'",
      "5:14: error: source.delimiter must be one ASCII character, not a quote or line break, not"
        + " '::'"
    ),
    ("files: a.csv\nquote: x", "5:10: error: source.quote must be '\"' or none, not 'x'"),
    (
      "files: a.csv\non_bad_record: quarantine",
      "5:18: error: source.on_bad_record: 'quarantine' is not supported yet: use fail or skip"
    ),
    (
      "files: a.csv\ndeliver: inlin",
      "5:12: error: source.deliver cannot be 'inlin'; did you mean 'inline'?"
    ),
    (
      "files: a.csv\nmax_record: 1GiB",
      "5:15: error: source.max_record must be a size from 1KiB to 512MiB, such as 64KiB, 1MB or"
        + " 4096, not '1GiB'"
    ),
    ("stdin: true", "4:3: error: 'stdin' is not supported yet: write it to a file and use files:"),
    (
      "files: a.csv\nrange: { from: 0, to: 1 }",
      "5:3: error: source has both 'files' and 'range': keep one"
    ),
    ("format: csv", "4:3: error: source must have one of 'files' and 'range'"),
    (
      "range: { from: 0 }",
      "4:10: error: source.range needs 'to', as in 'range: { from: 0, to: 1000000 }'"
    ),
    (
      "range: { from: 5, to: 4 }",
      "4:25: error: source.range ends at 4, before it begins at 5: 'to' must be at least 'from'"
    ),
    (
      "range: { from: 0, to: 9223372036854775808 }",
      "4:25: error: source.range.to must be a whole number from -9223372036854775808 to"
        + " 9223372036854775807, not '9223372036854775808'"
    ),
    (
      "range: { from: -2, to: 9223372036854775807 }",
      "4:26: error: source.range spans more than 9223372036854775807 numbers: bring 'from' and 'to'"
        + " closer"
    ),
    (
      "range: 5",
      "4:10: error: source.range must be a mapping such as 'range: { from: 0, to: 1000000 }', not"
        + " '5'"
    ),
    (
      "range: { from: 0, to: 1 }\npartition: 300000\npayload: 1000",
      "6:12: error: a partition of 300000 numbers with 1000 bytes each exceeds 256MiB: make"
        + " source.partition or source.payload smaller"
    ),
    (
      "range: { from: 0, to: 1 }\ndeliver: compressed",
      "5:12: error: source.deliver cannot be 'compressed' with 'range', whose bytes mean nothing: use"
        + " 'inline' or leave it out"
    ),
    (
      "range: { from: 0, to: 1 }\ndeliver: reference",
      "5:12: error: source.deliver cannot be 'reference' with 'range', which has no file to refer"
        + " to: use inline"
    ),
  ])
  func wrongSourceIsRefused(source: String, error: String) {
    #expect(errors(of: topologyText(source: source)) == ["t.yaml:" + error])
  }

  @Test(arguments: [
    ("range: { from: 0, to: 1 }\nheader: true", "'header' makes no sense with 'range'"),
    ("range: { from: 0, to: 1 }\nformat: csv", "'format' makes no sense with 'range'"),
    ("files: a.csv\npayload: 5", "'payload' makes no sense with 'files'"),
    ("files: a.jsonl\nheader: true", "'header' makes no sense with format jsonl"),
    ("files: a.jsonl\nnulls: [x]", "'nulls' makes no sense with format jsonl"),
    ("files: a.tsv\ndelimiter: ';'", "'delimiter' makes no sense with format tsv"),
    ("files: a.txt\ncolumns: { a: int }", "'columns' makes no sense with format text"),
    ("files: a.bin\nformat: bytes\nmax_record: 1MB", "'max_record' makes no sense with format by"),
  ])
  func senselessKeyIsRefused(source: String, error: String) {
    let found = errors(of: topologyText(source: source))
    #expect(found.count == 1)
    #expect(found.first?.contains(error) == true)
  }

  @Test func sourceThatIsNoMappingIsRefused() {
    let text = "topology: t\nsource: data.csv\nstages: [{ name: s, sql: x }]"
    #expect(
      errors(of: text) == [
        "t.yaml:2:9: error: source must be a mapping such as 'source: { files: data/*.csv }', not"
          + " 'data.csv'"
      ])
  }
}
