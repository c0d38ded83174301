import Operators
import Testing

@testable import Formats

@Suite struct SourceFaultTests {
  private func failure(_ input: PlannedInput, _ format: InputFormat, _ size: Int) -> SourceError? {
    do {
      _ = try partitions(input, format, size)
      return nil
    } catch {
      return error as? SourceError
    }
  }

  @Test func aHundredMegabyteLineIsRefusedByItsLineNumber() throws {
    let files = TemporaryFiles()
    let path = files.writeSparse("long.txt", prefix: "one\ntwo\n", size: 100_000_000)
    let input = try InputPlanner(format: .text).plan(paths: [path])
    let error = try #require(failure(input, .text, 1 << 20))
    #expect(error.path == path)
    #expect(error.offset == 8)
    #expect(
      error.message
        == "the record that starts on line 3 is longer than 16 MiB; raise source.max_record")
  }

  @Test func aHundredMegabyteFieldIsRefusedWhereItsQuoteOpens() throws {
    let files = TemporaryFiles()
    let format = csv(maxRecord: 1 << 20)
    let path = files.writeSparse("long.csv", prefix: "a,b\n1,2\n3,\"x\n", size: 100_000_000)
    let input = try InputPlanner(format: format).plan(paths: [path])
    let error = try #require(failure(input, format, 100_000))
    #expect(error.offset == 8)
    #expect(
      error.message
        == "the record that starts on line 3 is longer than 1 MiB; close the quote opened on "
        + "line 3, or raise source.max_record")
  }

  @Test func aHeaderThatNeverEndsIsRefused() throws {
    let files = TemporaryFiles()
    let path = files.writeSparse("h.csv", prefix: "a,\"b", size: 3_000_000)
    guard case .source(let error) = planFailure([path], csv(maxRecord: 1 << 20)) else {
      Issue.record("the header was taken")
      return
    }
    #expect(error.message.contains("line 1 is longer than 1 MiB; close the quote opened on line 1"))
  }

  @Test func aFileThatGrewIsNamed() throws {
    let files = TemporaryFiles()
    let path = files.write("a.csv", "a\n1\n2\n")
    let input = try InputPlanner(format: .csv).plan(paths: [path])
    try input.files[0].verifyUnchanged()
    files.write("a.csv", "a\n1\n2\n3\n")
    let error = try #require(failure(input, .csv, 1))
    #expect(error.path == path)
    #expect(error.message.contains("it had 6 bytes and now has 8"))
    #expect(throws: SourceError.self) { try input.files[0].verifyUnchanged() }
  }

  @Test func filesThatCannotBeReadSayWhy() {
    let files = TemporaryFiles()
    guard case .source(let missing) = planFailure([files.path("none.csv")], .csv),
      case .source(let directory) = planFailure([files.directory], .csv)
    else {
      Issue.record("a file that is not there was planned")
      return
    }
    #expect(missing.path.hasSuffix("none.csv"))
    #expect(missing.message.contains("No such file or directory; check the path"))
    #expect(directory.message.contains("is a directory; name its files"))
  }

  @Test func linesAreCountedFromOne() throws {
    let files = TemporaryFiles()
    let counter = try LineCounter(path: files.write("a.txt", "one\ntwo\nthree"))
    #expect(try counter.line(at: 0) == 1)
    #expect(try counter.line(at: 3) == 1)
    #expect(try counter.line(at: 4) == 2)
    #expect(try counter.line(at: 1000) == 3)
  }
}
