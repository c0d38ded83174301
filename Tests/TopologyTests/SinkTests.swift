import Testing
import Topology

@Suite struct SinkTests {
  private func sink(_ text: String) throws -> Topology.Sink {
    try load(topologyText(more: "sink: \(text)")).sink
  }

  private func fileSink(_ text: String) throws -> Topology.FileSink {
    guard case .file(let sink) = try sink(text) else { throw UnexpectedValue() }
    return sink
  }

  @Test func tableIsTheDefault() throws {
    #expect(try load(topologyText()).sink == .table(null: ""))
    #expect(try sink("table") == .table(null: ""))
    #expect(try sink("{ table: true, null: NULL }") == .table(null: "NULL"))
  }

  @Test func discardIsTaken() throws {
    #expect(try sink("{ discard: true }") == .discard)
  }

  @Test(arguments: [
    ("{ file: out/a.csv }", Topology.SinkFormat.csv, true),
    ("{ file: out/a.tsv, header: false }", .tsv, false),
    ("{ file: a.jsonl }", .jsonl, false),
    ("{ file: a.txt }", .text, false),
    ("{ file: a.out, format: csv }", .csv, true),
  ])
  func fileHasFormat(text: String, format: Topology.SinkFormat, header: Bool) throws {
    let sink = try fileSink(text)
    #expect(sink.format == format)
    #expect(sink.header == header)
    #expect(sink.null == "")
    #expect(sink.position == TopologyPosition(file: "t.yaml", line: 5, column: 15))
  }

  @Test func pathBeginsAtTheTopology() throws {
    for (path, resolved) in [("out/a.csv", "some/dir/out/a.csv"), ("/out/a.csv", "/out/a.csv")] {
      let text = topologyText(more: "sink: { file: \(path), null: NA }")
      let topology = try Topology.load(bytes: Array(text.utf8), file: "some/dir/t.yaml")
      guard case .file(let sink) = topology.sink else { throw UnexpectedValue() }
      #expect(sink.path == resolved)
      #expect(sink.null == "NA")
    }
  }

  @Test(arguments: [
    (
      "out.csv",
      "7: error: sink must be a mapping such as 'sink: { file: out/result.csv }', not 'out.csv'"
    ),
    ("{}", "7: error: sink must have one of 'file', 'table' and 'discard'"),
    ("{ file: a.csv, table: true }", "22: error: sink has both 'file' and 'table': keep one"),
    (
      "{ table: false }",
      "16: error: sink.table can only be true: leave it out, or name another sink"
    ),
    ("{ discard: x }", "18: error: sink.discard must be true or false, not 'x'"),
    ("{ discard: true, null: x }", "24: error: 'null' makes no sense with 'discard': leave it out"),
    (
      "{ table: true, header: true }",
      "22: error: 'header' makes no sense with 'table': leave it out"
    ),
    (
      "{ file: a.jsonl, header: true }",
      "24: error: 'header' makes no sense with format jsonl: leave it out"
    ),
    (
      "{ file: a.txt, header: true }",
      "22: error: 'header' makes no sense with format text: leave it out"
    ),
    (
      "{ file: a.xml }",
      "15: error: the format of 'a.xml' cannot be told from its ending: add 'format:' with one of"
        + " csv, tsv, jsonl, text"
    ),
    ("{ file: a.csv, format: cvs }", "30: error: sink.format cannot be 'cvs'; did you mean 'csv'?"),
    ("{ file: [a] }", "15: error: sink.file must be text, not a list"),
    ("{ fil: a.csv, table: true }", "9: error: unknown key 'fil' in sink; did you mean 'file'?"),
    ("{ file: a.csv, null: [a] }", "28: error: sink.null must be text, not a list"),
  ])
  func wrongSinkIsRefused(text: String, error: String) {
    #expect(errors(of: topologyText(more: "sink: \(text)")) == ["t.yaml:5:" + error])
  }
}
