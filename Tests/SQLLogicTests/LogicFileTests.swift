import SQLLogic
import Testing

/// Reading and running files of SQL tests, with an engine that answers what it is told to.
struct LogicFileTests {
  /// Gives the same rows for every query and fails every statement that says so.
  private final class FixedEngine: LogicEngine {
    let systems: Set<String> = ["fixed"]
    private(set) var statements: [String] = []

    func execute(_ sql: String) throws(QueryFailure) {
      statements.append(sql)
      if sql.contains("WRONG") {
        throw QueryFailure(isRefusal: true, message: "relation \"x\" does not exist; help")
      }
    }

    func answer(to sql: String) throws(QueryFailure) -> QueryAnswer {
      QueryAnswer(
        names: ["a", "b"], types: ["text", "double precision"],
        rows: [["z", "1.5"], ["", nil], ["a\tb", "2"]])
    }
  }

  private func problems(_ text: String) throws -> [String] {
    var runner = LogicRunner(FixedEngine())
    runner.run(try LogicFile(text))
    return runner.problems.map(\.description)
  }

  @Test(arguments: [
    "query TR\nSELECT 1\n----\nz\n1.500\n(empty)\nNULL\na@b\n2.000\n",
    "query TR nosort label\nSELECT 1\n----\nz\t1.500\n(empty)\tNULL\na@b\t2.000\n",
    "query TI rowsort\nSELECT 1\n----\n(empty)\tNULL\na@b\t2\nz\t1\n",
    "query TT valuesort\nSELECT 1\n----\n(empty)\n1.5\n2\nNULL\na@b\nz\n",
    "query TI\nSELECT\n1\n----\n6 values hashing to 2a66580ef545a74d5721fd86f66fbd68\n",
    "statement ok\nCREATE\n\nstatement error\nWRONG\n\nquery error relation \"x\"\nWRONG",
    "skipif fixed\nstatement ok\nWRONG\n\nonlyif other\nstatement ok\nWRONG\n",
    "# nothing\n\nhash-threshold 8\n\nhalt\n\nunknown record\n", "\r\nstatement ok\r\nCREATE\r\n",
  ])
  func isMet(text: String) throws { #expect(try problems(text) == []) }

  @Test(arguments: [
    "query TR\nSELECT 1\n----\nz\n1.500\n", "query T\nSELECT 1\n----\nz\n",
    "statement ok\nWRONG\n", "statement error\nCREATE\n", "statement error other words\nWRONG\n",
  ])
  func isNotMet(text: String) throws { #expect(try problems(text).count == 1) }

  @Test(arguments: [
    "nonsense here\n", "query X\nSELECT 1\n----\n", "query T\nSELECT 1\n", "statement maybe\nX\n",
    "query T badsort\nSELECT 1\n----\n", "hash-threshold many\n",
  ])
  func isNoFile(text: String) {
    #expect(throws: LogicFileError.self) { _ = try LogicFile(text) }
  }

  /// Tables go by their own names in queries, whatever the source is called.
  @Test(arguments: [
    "SELECT t.a FROM t WHERE t.a > 1", "SELECT x.a FROM t AS x WHERE x.a > 1",
    "SELECT x.a FROM t x WHERE a > 1", "SELECT a /* FROM */ FROM\n T -- FROM t\nWHERE t.a > 1",
    "SELECT a FROM \"t\" WHERE a > 1 AND 'FROM t' <> ''",
  ])
  func readsTheTable(sql: String) throws {
    let engine = MillraceEngine(partitions: 2, readsJSON: false)
    try engine.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b VARCHAR(30) NOT NULL)")
    try engine.execute("INSERT INTO t(b, a) VALUES ('it''s', 1), ('', -2), ('x,\"', 3)")
    #expect(try engine.answer(to: sql).rows == [["3"]])
    #expect(try engine.answer(to: "SELECT b FROM t ORDER BY a").rows == [[""], ["it's"], ["x,\""]])
  }
}
