import Testing

@testable import Query

/// The reader of the parser's answer takes what JSON libpg_query writes, and nothing else.
struct SyntaxReaderTests {
  private func read(_ text: String) throws(SyntaxReader.Failure) -> SyntaxValue {
    var outcome: Result<SyntaxValue, SyntaxReader.Failure> = .failure(.malformed(offset: 0))
    var text = text
    text.withUTF8 { bytes in
      do throws(SyntaxReader.Failure) {
        outcome = .success(try SyntaxReader.read(bytes))
      } catch {
        outcome = .failure(error)
      }
    }
    return try outcome.get()
  }

  @Test func readsNestedValues() throws {
    let value = try read(#" {"a":[1, -20 ,true,false],"b":{},"c":"x\n\"\\é\u003c","d":[]} "#)
    guard case .object(let fields) = value else {
      Issue.record("not an object")
      return
    }
    #expect(fields.map(\.name) == ["a", "b", "c", "d"])
    guard case .list(let items) = fields[0].value, case .integer(let number) = items[1],
      case .string(let text) = fields[2].value
    else {
      Issue.record("not a list, a number and a string")
      return
    }
    #expect(items.count == 4)
    #expect(number == -20)
    #expect(text == "x\n\"\\é<")
  }

  @Test(arguments: [
    "", "{", "}", "[1", "[1,]", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #""x"#, #""\q""#, #""\u12""#,
    #""\ud800""#, "1 2", "tru", "nul", "-", "1.5", "9999999999999999999", "{1:2}", "\u{0}",
  ])
  func refusesAnythingElse(_ text: String) {
    #expect(throws: SyntaxReader.Failure.self) { try read(text) }
  }

  @Test func refusesDepthWithoutEnd() {
    let text = String(repeating: "[", count: 100_000)
    #expect(throws: SyntaxReader.Failure.tooDeep) { try read(text) }
  }

  @Test func everyPrefixIsRefused() {
    let text = #"{"stmts":[{"stmt":{"S":{"a":"é\t","location":12,"f":true}}}]}"#
    for length in 0..<text.unicodeScalars.count {
      let prefix = String(String.UnicodeScalarView(text.unicodeScalars.prefix(length)))
      #expect(throws: SyntaxReader.Failure.self, "\(prefix)") { try read(prefix) }
    }
  }
}
