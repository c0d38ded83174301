import Columnar
import Testing

@testable import Formats

/// Whatever the bytes are, a scan ends with rows or an error that says where.
@Suite struct HostileBytesTests {
  @Test(arguments: Array(0..<60).map(UInt64.init))
  func noBytesMakeAScanTrap(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let alphabet = Array("\",\n\r\t;{}[]:\\u0dtrue1-.eé \u{0}".utf8) + [0xFF, 0x80]
    let bytes = (0..<Int.random(in: 0...700, using: &random)).map { _ in
      seed % 2 == 0
        ? UInt8.random(in: 0...255, using: &random) : alphabet.randomElement(using: &random)!
    }
    let types = schema(("a", .text), ("e", .double), ("t", .date))
    let one = schema(("line", .text))
    for policy in BadRecordPolicy.allCases {
      for quote in [nil, UInt8(ascii: "\"")] {
        check(bytes, csv(quote: quote, maxRecord: 50, onBadRecord: policy), types)
        check(bytes, csv(quote: quote, onBadRecord: policy), one)
      }
      check(bytes, InputFormat(.jsonLines, onBadRecord: policy), types)
      check(bytes, InputFormat(.text, onBadRecord: policy), one)
    }
  }

  @Test(arguments: Array(0..<40).map(UInt64.init))
  func noMutationOfJSONMakesAScanTrap(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var bytes = Array(
      (#"{"a":"x\u00e9\ud83d\ude00","e":-1.5e3,"t":"2024-01-01","z":[{"b":[true,null]}]}"# + "\n")
        .utf8)
    bytes += bytes
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
        in: 0...255, using: &random)
    }
    let types = schema(("a", .text), ("e", .double), ("t", .date), ("z", .text))
    for policy in BadRecordPolicy.allCases {
      check(bytes, InputFormat(.jsonLines, onBadRecord: policy), types)
    }
  }

  @Test(arguments: Array(0..<30).map(UInt64.init))
  func noFileMakesPlanningOrCuttingTrap(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let alphabet = Array("ab\",,\n\r1".utf8)
    let bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in
      alphabet.randomElement(using: &random)!
    }
    let files = TemporaryFiles()
    let path = files.write("a.csv", bytes)
    for format in [csv(), csv(header: false), .jsonLines, .text, .bytes] {
      let input: PlannedInput
      do throws(InputPlanError) {
        input = try InputPlanner(format: format).plan(paths: [path])
      } catch {
        continue  // A header that does not do is refused: that is an answer too.
      }
      let start = Int(input.firstRecords[0])
      for size in [1, 10, 1000] {
        let parts = pieces(try partitions(input, format, size), of: bytes)
        #expect(parts.flatMap { $0 } == Array(bytes[min(start, bytes.count)...]))
      }
    }
  }

  private func check(_ bytes: [UInt8], _ format: InputFormat, _ schema: InputSchema) {
    var skipped = 0
    do throws(ScanError) {
      _ = try read(bytes, format, schema, limit: 7, skipped: &skipped)
    } catch {
      #expect(format.onBadRecord == .fail)
      #expect(!error.message.isEmpty)
      #expect(error.recordOffset <= bytes.count)
    }
  }
}
