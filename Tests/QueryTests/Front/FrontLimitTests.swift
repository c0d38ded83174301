import Query
import Testing

/// Texts made to hurt are refused in words.
struct FrontLimitTests {
  @Test(arguments: [
    "SELECT 1" + String(repeating: "+1", count: 250) + " FROM input",
    "SELECT 1" + String(repeating: "+1", count: 130_000) + " FROM input",
    "SELECT 1" + String(repeating: "::int", count: 300) + " FROM input",
    "SELECT " + String(repeating: "NOT ", count: 300) + "f FROM input",
    "SELECT " + String(repeating: "abs(", count: 300) + "i" + String(repeating: ")", count: 300)
      + " FROM input",
    "SELECT " + String(repeating: "CASE WHEN f THEN 1 ELSE ", count: 300) + "2"
      + String(repeating: " END", count: 300) + " FROM input",
  ])
  func deepNesting(_ sql: String) throws {
    let error = try #require(FrontFixture.refusal(sql))
    #expect(error.message.contains("nested more than 200 levels deep"), "\(error)")
  }

  @Test func deepParenthesesMeetTheParsersOwnLimit() throws {
    let sql = "SELECT " + String(repeating: "(", count: 50_000)
    let error = try #require(FrontFixture.refusal(sql))
    #expect(error.message.contains("memory exhausted"), "\(error)")
  }

  @Test func nestingThatIsAllowed() throws {
    _ = try FrontFixture.plan("SELECT 1" + String(repeating: "+1", count: 190) + " FROM input")
    let conditions = Array(repeating: "i = 1", count: 2_000).joined(separator: " OR ")
    _ = try FrontFixture.plan("SELECT i FROM input WHERE \(conditions)")
    let list = (0..<20_000).map(String.init).joined(separator: ",")
    _ = try FrontFixture.plan("SELECT i FROM input WHERE i IN (\(list))")
  }

  @Test func betweenOfBetweenDoesNotDoubleWithoutEnd() throws {
    var expression = "f"
    for _ in 0..<60 { expression = "(\(expression)) BETWEEN SYMMETRIC false AND true" }
    let error = try #require(FrontFixture.refusal("SELECT \(expression) FROM input"))
    #expect(error.message.contains("too large once BETWEEN, IN and CASE are written out"))
  }

  @Test func longTextIsRefused() throws {
    let sql = "SELECT '" + String(repeating: "x", count: 300_000) + "' FROM input"
    let error = try #require(FrontFixture.refusal(sql))
    #expect(error.message.contains("at most 262144 are accepted"))
  }

  @Test func zeroBytesAreRefused() {
    #expect(
      FrontFixture.refusal("SELECT\0 i FROM input")
        == SQLError(position: 6, "the SQL text holds a zero byte; take it out"))
  }

  @Test func positionsCountBytes() throws {
    #expect(FrontFixture.refusal("SELECT 'é', nope FROM input")?.position == 13)
    #expect(FrontFixture.refusal("SELECT 'é' 1 FROM input")?.position == 12)
  }

  /// libpg_query takes a thread-specific key for each thread, of which a process has 1,024.
  @Test func aProcessParsesMoreQueriesThanItHasThreadKeys() {
    for number in 0..<1500 {
      #expect(FrontFixture.refusal("SELECT i FROM input LIMIT \(number)") == nil)
    }
  }
}
