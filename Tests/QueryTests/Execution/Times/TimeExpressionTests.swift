import Testing

@Suite("Dates, times and intervals give what PostgreSQL gives")
struct TimeExpressionTests {
  @Test("the text of an interval", arguments: TimeExample.intervalInput)
  func intervalInput(_ example: TimeExample) {
    #expect(example.holds, "\(example.actual) instead of \(example.expected)")
  }

  @Test("arithmetic and comparison", arguments: TimeExample.intervalArithmetic)
  func arithmetic(_ example: TimeExample) {
    #expect(example.holds, "\(example.actual) instead of \(example.expected)")
  }

  @Test("fields and zones", arguments: TimeExample.fieldsAndZones)
  func fields(_ example: TimeExample) {
    #expect(example.holds, "\(example.actual) instead of \(example.expected)")
  }

  @Test("to_char", arguments: TimeExample.writing)
  func writing(_ example: TimeExample) {
    #expect(example.holds, "\(example.actual) instead of \(example.expected)")
  }

  @Test("to_date and to_timestamp", arguments: TimeExample.reading)
  func reading(_ example: TimeExample) {
    #expect(example.holds, "\(example.actual) instead of \(example.expected)")
  }
}
