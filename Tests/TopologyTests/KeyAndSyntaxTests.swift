import Testing
import Topology

@Suite struct KeyAndSyntaxTests {
  @Test(arguments: [
    ("woorkers", "workers"), ("worker", "workers"), ("retry-backoff", "retry_backoff"),
    ("Balance", "balance"), ("atempts", "attempts"), ("lievness", "liveness"),
    ("time_out", "timeout"), ("durabilty", "durability"), ("second-attempts", "second_attempts"),
  ])
  func nearKeyIsSuggested(key: String, suggestion: String) {
    #expect(
      errors(of: topologyText(more: "\(key): 1")) == [
        "t.yaml:5:1: error: unknown key '\(key)' in the topology; did you mean '\(suggestion)'?"
      ])
  }

  @Test func farKeyGetsTheList() {
    let found = errors(of: topologyText(more: "xyzzy: 1"))
    #expect(
      found == [
        "t.yaml:5:1: error: unknown key 'xyzzy' in the topology; known keys: topology, use, source,"
          + " tables, stages, workers, sink, credit, liveness, patience, attempts, retry_backoff, timeout,"
          + " second_attempts, on_failure, balance, determinism, durability"
      ])
  }

  @Test func allErrorsComeAtOnceInOrder() {
    let text = """
      topology: a name
      workers: 0
      source:
        partiton: 4MiB
        files: data.bin
        header: maybe
      stages:
        - sql: SELECT 1
        - name: two
          exec: cat
      sink: { tabel: true }
      determinism: reprt
      """
    let found = errors(of: text)
    #expect(
      found.map { $0.prefix { $0 != " " } } == [
        "t.yaml:1:11:", "t.yaml:2:10:", "t.yaml:4:3:", "t.yaml:5:10:", "t.yaml:6:11:",
        "t.yaml:8:5:", "t.yaml:10:5:", "t.yaml:11:7:", "t.yaml:11:9:", "t.yaml:12:14:",
      ])
  }

  @Test func missingKeysAreNamed() {
    #expect(
      errors(of: "workers: 2") == [
        "t.yaml:1:1: error: the topology needs 'topology'",
        "t.yaml:1:1: error: the topology needs 'source'",
        "t.yaml:1:1: error: the topology needs 'stages'",
      ])
  }

  @Test func duplicateKeysAreErrorsBesideOthers() {
    let text = """
      topology: a
      source:
        files: a.csv
        # a remark
        files: b.csv
        partition: x
        files: c.csv
      stages: [{ name: s, sql: x }]
      workers: 2
      workers: 3
      """
    #expect(
      errors(of: text).map { $0.split(separator: ":").dropFirst().prefix(2).joined(separator: ":") }
        == ["5:3", "6:14", "7:3", "10:1"])
    #expect(
      errors(of: text).last
        == "t.yaml:10:1: error: key 'workers' is given a second time (first at line 9): keep one")
  }

  @Test func duplicateKeyOfFlowMappingIsAnError() {
    #expect(
      errors(of: topologyText(more: "credit: { bytes: 1MB, bytes: 1MB }")) == [
        "t.yaml:5:11: error: key 'bytes' is given more than once in this mapping: keep one"
      ])
  }

  @Test func duplicateColumnIsAnError() {
    let found = errors(of: topologyText(source: "files: a.csv\ncolumns:\n  a: int\n  a: text"))
    #expect(
      found == ["t.yaml:7:5: error: key 'a' is given a second time (first at line 6): keep one"])
  }

  @Test(arguments: [
    ("a: [1, 2", "2:1"), ("a: b: c", "1:5"), ("\tx: 1", "1:1"), ("a: 'x", "2:1"),
    ("- a\nb: 1", "2:1"),
    ("a: 1\n---\nb: 2", "2:1"), ("a: *x", "1:4"), ("@x", "1:1"),
  ])
  func syntaxErrorHasItsPlace(text: String, place: String) {
    let found = errors(of: text + "\n")
    #expect(found.count == 1)
    #expect(found[0].hasPrefix("t.yaml:\(place): error: "), "\(found)")
  }

  @Test func syntaxErrorSaysWhatIsWrong() {
    #expect(
      errors(of: "a: [1, 2\nb: 3\n") == [
        "t.yaml:2:2: error: not valid YAML: did not find expected ',' or ']' (while parsing a flow"
          + " sequence, which began at line 1)"
      ])
  }

  @Test(arguments: ["", "  \n# only a remark\n"])
  func emptyFileIsAnError(text: String) {
    #expect(
      errors(of: text) == [
        "t.yaml: error: the file is empty: a topology needs at least 'topology', 'source' and"
          + " 'stages'"
      ])
  }

  @Test(arguments: ["- a", "text", "5"])
  func rootThatIsNoMappingIsAnError(text: String) {
    #expect(errors(of: text)[0].hasPrefix("t.yaml:1:1: error: the topology must be a mapping"))
  }

  @Test func byteOrderMarkAndCarriageReturnsAreNoTrouble() throws {
    let text = "\u{FEFF}" + topologyText(more: "workers: 0").replacing("\n", with: "\r\n")
    #expect(
      errors(of: text) == [
        "t.yaml:5:10: error: workers must be a whole number from 1 to 1024, not '0'"
      ])
  }

  @Test func columnsCountCharacters() {
    #expect(
      errors(of: "topology: \"ü\u{1F600}\" # \u{7}\n") == [
        "t.yaml:1:18: error: character U+0007 is not allowed in YAML: remove it, or write it as an"
          + " escape within double quotes"
      ])
  }

  @Test func invalidUTF8HasItsPlace() {
    #expect(
      throws: TopologyErrors(
        "byte 0xFF is not UTF-8: save the file as UTF-8",
        at: TopologyPosition(file: "f", line: 2, column: 2))
    ) {
      try Topology.load(bytes: Array("a: b\nä".utf8) + [0xFF], file: "f")
    }
  }

  @Test func tagsAreRefused() {
    #expect(
      errors(of: "topology: !!binary abc") == [
        "t.yaml:1:11: error: YAML tags such as 'tag:yaml.org,2002:binary' are not supported: leave"
          + " it out"
      ])
  }

  @Test func aliasesAreExpanded() throws {
    let text = """
      topology: &name shared
      source: { files: a.csv }
      stages: [{ name: *name, sql: x }]
      """
    #expect(try load(text).stages[0].name == "shared")
  }
}
