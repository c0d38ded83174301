import Columnar
import Testing

@testable import Formats

@Suite struct BadRecordTests {
  private let two = schema(("name", .text), ("delay", .double))

  @Test func aRaggedRecordSaysHowManyFieldsItHas() throws {
    let error = try #require(failure("a,1\nb,2,3\n", .csv, two))
    #expect(error.message.hasPrefix("the record has 3 fields, the header has 2;"))
    #expect(error.recordOffset == 4)
    #expect(error.field == 3)
    let short = try #require(failure("a\n", csv(header: false), two))
    #expect(short.message.hasPrefix("the record has 1 field, the first record has 2;"))
  }

  @Test func aValueOfAnotherTypeNamesItsColumnAndTheRemedy() throws {
    let error = try #require(failure("a,1\nb,n/a\n", .csv, two))
    #expect(
      error.message
        == "column delay: 'n/a' is not double precision, the type inferred from the first records; "
        + "if it means that there is no value, add nulls: [\"\", \"n/a\"] to the source, otherwise "
        + "columns: { delay: text }")
    #expect(error.recordOffset == 4)
    #expect(error.field == 2)
  }

  @Test func anIntegerColumnWithDecimalsIsToldToBeDouble() throws {
    var declared = schema(("seats", .bigint))
    declared.columns[0].isDeclared = true
    let error = try #require(failure("1\n2.5\n", .csv, declared))
    #expect(error.message.contains("'2.5' is not bigint, which source.columns declares"))
    #expect(error.message.contains("columns: { seats: double }"))
  }

  @Test func offendingTextIsShortAndHarmless() throws {
    let long = "\u{1B}[31m" + String(repeating: "x", count: 100)
    let error = try #require(failure("a,\(long)\n", .csv, two))
    #expect(error.message.contains("'\\x1B[31m\(String(repeating: "x", count: 35))…'"))
  }

  @Test func bytesThatAreNotUTF8AreNamed() throws {
    var skipped = 0
    let bytes = Array("ok,1\ncaf".utf8) + [0xE9, UInt8(ascii: ","), UInt8(ascii: "2"), 10]
    let error = #expect(throws: ScanError.self) {
      _ = try read(bytes, .csv, two, skipped: &skipped)
    }
    #expect(error?.message.hasPrefix("column name is not UTF-8: byte 0xE9 at byte 4") == true)
    #expect(error?.message.contains("iconv") == true)
    #expect(error?.recordOffset == 5)
    let rows = try read(bytes, csv(onBadRecord: .skip), two, skipped: &skipped)
    #expect(rows == [["ok", "1"]])
    #expect(skipped == 1)
    // What no query looks at need not be text.
    #expect(try read(bytes, .csv, two, needed: [1], skipped: &skipped) == [["1"], ["2"]])
  }

  @Test func quotesThatAreWrongAreNamed() throws {
    let open = try #require(failure("a,1\nb,\"2\n", .csv, two))
    #expect(open.message.contains("the quote that opens field 2 is never closed"))
    #expect(open.recordOffset == 4)
    let behind = try #require(failure("\"a\"b,1\n", .csv, two))
    #expect(behind.message.contains("field 1 goes on after its closing quote"))
  }

  @Test func aRecordLongerThanAllowedIsBad() throws {
    let error = try #require(failure("a,1\nbbbbbbbbbbbb,2\n", csv(maxRecord: 10), two))
    #expect(error.message.contains("longer than 10 bytes; raise source.max_record"))
  }

  @Test func skippedRecordsAreLeftOutWholeAndCounted() throws {
    let text = """
      good,1
      bad
      "x"y,2
      good,"3"
      worse,many,fields
      worst,abc
      good,4
      open,"5
      """
    var skipped = 0
    let format = csv(onBadRecord: .skip)
    let rows = try read(Array(text.utf8), format, two, skipped: &skipped)
    #expect(rows == [["good", "1"], ["good", "3"], ["good", "4"]])
    #expect(skipped == 5)
    let names = try read(Array(text.utf8), format, two, needed: [0], skipped: &skipped)
    #expect(names == [["good"], ["good"], ["worst"], ["good"]])
  }

  @Test func aPartitionOfBadRecordsHasNoRows() throws {
    var skipped = 0
    let text = String(repeating: "x\n", count: 200_000)
    let rows = try read(Array(text.utf8), csv(onBadRecord: .skip), two, skipped: &skipped)
    #expect(rows.isEmpty)
    #expect(skipped == 200_000)
  }
}
