import Testing

@Suite("Expressions have PostgreSQL's values")
struct DialectTests {
  @Test("Regular expressions")
  func patterns() { check(DialectExamples.patterns) }

  @Test("What parentheses capture")
  func captures() { check(DialectExamples.captures) }

  @Test("Functions of text and numbers")
  func functions() { check(DialectExamples.functions) }

  @Test("Numbers with patterns")
  func numberTexts() { check(DialectExamples.numberTexts) }

  /// Lines of an expression and its value, `⏎` behind one that ends with a space. What stands behind
  /// PostgreSQL's words in an error is help.
  private func check(_ examples: String) {
    for line in examples.split(separator: "\n") {
      let parts = line.split(separator: " ⇒ ", maxSplits: 1, omittingEmptySubsequences: false)
      let expected = parts[1].last == "⏎" ? String(parts[1].dropLast()) : String(parts[1])
      let actual = DialectExamples.value(String(parts[0]))
      if expected.hasPrefix("error: ") {
        #expect(actual.hasPrefix(expected), "\(parts[0])")
      } else {
        #expect(actual.replacing("\n", with: "\\n") == expected, "\(parts[0])")
      }
    }
  }
}
