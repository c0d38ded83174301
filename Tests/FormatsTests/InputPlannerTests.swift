import Columnar
import Operators
import Testing

@testable import Formats

@Suite struct InputPlannerTests {
  private let files = TemporaryFiles()

  private func types(_ text: String, _ format: InputFormat = .csv) throws -> [ColumnType] {
    try InputPlanner(format: format).plan(paths: [files.write("t", text)]).schema.columns
      .map(\.type)
  }

  @Test func typesAreTheNarrowestThatFit() throws {
    let text = """
      i,d,b,day,ts,tz,t,mixed,none
      1,1,true,2024-01-01,2024-01-01 10:00:00,2024-01-01T10:00:00Z,x,1,
      -2,2.5,FALSE,2024-12-31,2024-01-02,2024-01-02 10:00:00+02,1,2024-01-01,
      ,,,,,,,,
      """
    #expect(
      try types(text) == [
        .bigint, .double, .boolean, .date, .timestamp, .timestamptz, .text, .text, .text,
      ])
  }

  @Test func codesAndNumbersTooLongStayText() throws {
    #expect(
      try types("zip,id,n,e\n00501,123456789012345678901,0,0.5\n1,2,-1,1e3\n") == [
        .text, .text, .bigint, .double,
      ])
  }

  @Test func wordsForNullSayNothingAboutTypes() throws {
    #expect(try types("a,b\nNA,\"NA\"\n1,2\n", csv(nulls: ["NA"])) == [.bigint, .bigint])
    #expect(try types("a,b\nNA,1\n1,2\n") == [.text, .bigint])
  }

  @Test func raggedRecordsSayNothingAboutTypes() throws {
    #expect(try types("a,b\n1,2\nx\ny,z,w\n3,4\n") == [.bigint, .bigint])
  }

  @Test func aRecordCutOffByTheSampleSaysNothing() throws {
    // The sample ends within a date, which would read as text.
    let line = "2024-01-01,12\n"
    let text = "d,n\n" + String(repeating: line, count: (1 << 20) / line.utf8.count + 100)
    #expect((1 << 20) % line.utf8.count != 0)
    #expect(try types(text) == [.date, .bigint])
  }

  @Test func sixteenFurtherFilesAreLookedAt() throws {
    let paths = (0..<33).map { files.write("f\($0).csv", "a\n\($0)\n") }
    let planner = InputPlanner(format: .csv)
    // Of the 32 files behind the first these are every second one: 1, 3, 5, …
    files.write("f2.csv", "a\nx\n")
    #expect(try planner.plan(paths: paths).schema.columns[0].type == .bigint)
    files.write("f3.csv", "a\nx\n")
    #expect(try planner.plan(paths: paths).schema.columns[0].type == .text)
  }

  @Test func aFileWithoutHeaderHasNumberedColumns() throws {
    let input = try InputPlanner(format: csv(header: false)).plan(
      paths: [files.write("a.csv", "x,1\ny,2\n")])
    #expect(
      input.schema.columns == [
        InputColumn(name: "c1", type: .text), InputColumn(name: "c2", type: .bigint),
      ])
    #expect(input.firstRecords == [0])
  }

  @Test func aHeaderAloneIsNoPartition() throws {
    let input = try InputPlanner(format: .csv).plan(paths: [files.write("a.csv", "a,b")])
    #expect(input.schema.columns.map(\.name) == ["a", "b"])
    #expect(try partitions(input, .csv, 10).isEmpty)
  }

  @Test func anEmptySourceIsRefusedWhereAHeaderIsNeeded() {
    let paths = [files.write("a.csv", ""), files.write("b.csv", "")]
    #expect(message(paths, .csv)?.contains("all 2 files are empty") == true)
    #expect(message([paths[0]], .csv)?.contains("write a header line") == true)
    #expect(message([paths[0]], csv(header: false))?.contains("the file is empty") == true)
    #expect(message([paths[0]], .jsonLines)?.contains("the source is empty") == true)
    #expect(message([paths[0]], .text) == nil)
  }

  @Test func headersThatDoNotDoAreRefused() {
    let twice = files.write("a.csv", "x,y,x\n")
    #expect(message([twice], .csv)?.contains("columns 1 and 3 are both named 'x'") == true)
    let unnamed = files.write("b.csv", "x,,z\n")
    #expect(message([unnamed], .csv)?.contains("column 2 has no name") == true)
  }

  @Test func headersMustAgree() {
    let first = files.write("a.csv", "x,y\n")
    let other = files.write("b.csv", "x,z\n")
    #expect(
      message([first, other], .csv)
        == "the header differs from that of \(first): column 2 is 'z' here and 'y' there; all "
        + "files of a source need the same header")
    let longer = files.write("c.csv", "x,y,z\n")
    #expect(
      message([first, longer], .csv)?.contains("it has 3 columns, that one has 2") == true)
  }

  @Test func overridesReplaceWhatWasInferred() throws {
    let path = files.write("a.csv", "carrier,dep_delay\nUA,1\n")
    let planner = InputPlanner(
      format: .csv, overrides: [ColumnOverride(name: "dep_delay", type: .double)])
    #expect(
      try planner.plan(paths: [path]).schema.columns[1]
        == InputColumn(name: "dep_delay", type: .double, isDeclared: true))
    let wrong = [
      ColumnOverride(name: "dep_dely", type: .double), ColumnOverride(name: "zzz", type: .text),
    ]
    #expect(
      planFailure([path], .csv, wrong)
        == .unknownColumns([
          UnknownColumn(name: "dep_dely", nearest: "dep_delay"),
          UnknownColumn(name: "zzz", nearest: nil),
        ]))
  }

  @Test func keysOfJSONLinesAreColumns() throws {
    let text = """
      {"a":1,"s":"x","d":"2024-01-01"}
      not json
      {"b":true,"a":2.5,"n":null,"s":"12","o":{"x":1}}
      """
    let planner = InputPlanner(
      format: .jsonLines, overrides: [ColumnOverride(name: "rare", type: .bigint)])
    let columns = try planner.plan(paths: [files.write("a.jsonl", text)]).schema.columns
    #expect(columns.map(\.name) == ["a", "s", "d", "b", "n", "o", "rare"])
    #expect(columns.map(\.type) == [.double, .text, .date, .boolean, .text, .text, .bigint])
  }

  private func message(_ paths: [String], _ format: InputFormat) -> String? {
    guard case .source(let error) = planFailure(paths, format) else { return nil }
    return error.message
  }
}
