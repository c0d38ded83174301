import Columnar
import Testing

@testable import Formats

@Suite struct JSONLinesScanTests {
  private let both = schema(("name", .text), ("n", .double))

  @Test func keysAreFoundInAnyOrder() throws {
    let rows = try read(
      #"{"n":1,"name":"a"}"# + "\n\n  \r\n" + #" { "name" : "b" , "n" : -2.5e1 } "# + "\r\n"
        + #"{"other":[1,{"name":"no"}],"name":"c","n":null}"# + "\n{}", .jsonLines, both)
    #expect(rows == [["a", "1"], ["b", "-25"], ["c", nil], [nil, nil]])
  }

  @Test func escapesAreUndone() throws {
    let rows = try read(
      #"{"na\u006de":"\"\\\/\b\f\n\r\té\u00e9\ud83d\ude00"}"#, .jsonLines, both, needed: [0])
    #expect(rows == [["\"\\/\u{8}\u{C}\n\r\téé😀"]])
  }

  @Test func aTextColumnTakesAnyValueAsItStands() throws {
    let rows = try read(
      """
      {"name":1.50}
      {"name":true}
      {"name":{"a": [1, "x"]}}
      {"name":[]}
      """, .jsonLines, both, needed: [0])
    #expect(rows == [["1.50"], ["true"], [#"{"a": [1, "x"]}"#], ["[]"]])
  }

  @Test func theLastOfTwoEqualKeysCounts() throws {
    #expect(
      try read(#"{"n":1,"n":2}"# + "\n" + #"{"n":1,"n":null}"#, .jsonLines, both, needed: [1])
        == [["2"], [nil]])
  }

  @Test func stringsAreReadAsTheColumnsType() throws {
    let days = schema(("d", .date), ("n", .bigint))
    #expect(
      try read(#"{"d":"2024-01-02","n":"7"}"#, .jsonLines, days) == [["2024-01-02", "7"]])
    let error = try #require(failure(#"{"n":"x"}"#, .jsonLines, days))
    #expect(error.message.contains("column n: 'x' is not bigint"))
    #expect(error.message.contains("columns: { \"n\": text }"))
  }

  @Test(arguments: [
    "[1]", "{", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{"a":01}"#, #"{"a":1.}"#, #"{"a":.5}"#,
    #"{"a":+1}"#, #"{"a":1e}"#, #"{"a":tru}"#, #"{"a":"x}"#, #"{"a":"\x"}"#, #"{"a":"\u12"}"#,
    #"{"a":"\ud800"}"#, #"{"a":"\udc00\ud800"}"#, "{\"a\":\"\t\"}", #"{"a":1} x"#, #"{"a":[1,]}"#,
    #"{"a":[1}}"#, #"{"a":{"b":1]}"#, #"{a:1}"#, #"{"a":NaN}"#, #"{"a":1 "b":2}"#, #"{"a":-}"#,
  ])
  func whatIsNotAnObjectIsBad(line: String) throws {
    let error = try #require(failure("{}\n" + line + "\n", .jsonLines, both))
    #expect(error.message.hasPrefix("not a JSON object at byte "))
    #expect(error.recordOffset == 3)
    var skipped = 0
    let format = InputFormat(.jsonLines, onBadRecord: .skip)
    #expect(try read(Array(line.utf8), format, both, skipped: &skipped).isEmpty)
    #expect(skipped == 1)
  }

  @Test func nestingHasALimit() throws {
    func nested(_ depth: Int) -> String {
      "{\"name\":" + String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        + "}"
    }
    #expect(try read(nested(63), .jsonLines, both, needed: [0]).count == 1)
    let error = try #require(failure(nested(64), .jsonLines, both))
    #expect(error.message.contains("nested more than 64 deep"))
  }
}
