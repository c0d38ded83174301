import Columnar
import Testing

@Suite struct ValueParserTests {
  @Test(arguments: [
    ("t", true), ("TRUE", true), ("tr", true), ("yes", true), ("Y", true), ("on", true),
    ("1", true), (" true ", true), ("f", false), ("False", false), ("no", false), ("n", false),
    ("of", false), ("OFF", false), ("0", false), ("o", nil), ("", nil), ("2", nil), ("truex", nil),
    ("truee", nil), ("\u{11}", nil), ("10", nil),
  ])
  func booleans(text: String, expected: Bool?) {
    #expect(parsed(text, ValueParser.boolean) == expected)
  }

  @Test(arguments: [
    ("0", 0), ("-0", 0), ("+7", 7), (" 42\t", 42), ("00000000000000000000000012", 12),
    ("9223372036854775807", Int64.max), ("9223372036854775808", nil),
    ("-9223372036854775808", Int64.min), ("-9223372036854775809", nil),
    ("18446744073709551616", nil), ("99999999999999999999", nil), ("1234567", 1_234_567),
    ("12345678", 12_345_678), ("1234567890123456", 1_234_567_890_123_456), ("", nil), (" ", nil),
    ("-", nil), ("+", nil), ("1.0", nil), ("1e3", nil), ("12a", nil), ("1234567a", nil),
    ("12345678:", nil), ("1 2", nil), ("- 1", nil), ("１", nil),
  ])
  func bigints(text: String, expected: Int64?) {
    #expect(parsed(text, ValueParser.bigint) == expected)
  }

  @Test func integersAreInRange() {
    #expect(parsed("2147483647", ValueParser.integer) == Int32.max)
    #expect(parsed("2147483648", ValueParser.integer) == nil)
    #expect(parsed("-2147483648", ValueParser.integer) == Int32.min)
    #expect(parsed("-2147483649", ValueParser.integer) == nil)
  }

  @Test(arguments: UInt64(1)...4)
  func bigintsAgreeWithTheStandardLibrary(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<500 {
      let text =
        (Bool.random(using: &random) ? "-" : "")
        + random.digits(Int.random(in: 1...20, using: &random))
      #expect(parsed(text, ValueParser.bigint) == Int64(text))
    }
  }

  @Test(arguments: [
    ("1", 1), (" -2.5 ", -2.5), (".5", 0.5), ("5.", 5), ("1e3", 1000), ("1E-3", 0.001),
    ("+1e+2", 100), ("Infinity", .infinity), ("-inf", -.infinity), ("+INF", .infinity),
    ("5e-324", .leastNonzeroMagnitude), ("1.7976931348623157e308", .greatestFiniteMagnitude),
    ("9007199254740993", 9_007_199_254_740_992), ("0e999", 0),
    ("0.000000000000000000000000000001", 1e-30), ("1e23", 1e23), ("1e22", 1e22),
  ])
  func doubles(text: String, expected: Double) {
    #expect(parsed(text, ValueParser.double) == expected)
  }

  @Test(arguments: [
    "", " ", ".", "-", "e5", "1e", "1e+", "1.2.3", "1,5", "0x10", "1 2", "1e400", "-1e400",
    "1e-400",
    "infinit", "nanx", "1e5x", "--1", "+nan(1)", "٣",
  ])
  func refusesAsDouble(text: String) {
    #expect(parsed(text, ValueParser.double) == nil)
  }

  @Test func specialDoubles() throws {
    #expect(try #require(parsed("NaN", ValueParser.double)).isNaN)
    #expect(try #require(parsed("-0", ValueParser.double)).sign == .minus)
    let long = String(repeating: "0", count: ValueParser.longestDouble)
    #expect(parsed(long, ValueParser.double) == 0)
    #expect(parsed(long + "1", ValueParser.double) == nil)
    #expect(parsed("0." + long.dropLast(10) + "1e4090", ValueParser.double) != nil)
  }

  /// The standard library rounds correctly, by another algorithm.
  @Test(arguments: UInt64(1)...8)
  func doublesAreTheNearest(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for round in 0..<1000 {
      var text = random.digits(Int.random(in: 1...(round % 4 == 0 ? 30 : 19), using: &random))
      if Bool.random(using: &random) {
        text += "." + random.digits(Int.random(in: 1...(round % 3 == 0 ? 25 : 6), using: &random))
      }
      if round % 5 == 0 {
        text = "0." + String(repeating: "0", count: round % 17) + text.filter { $0 != "." }
      }
      if round % 2 == 0 { text += "e\(Int.random(in: -40...40, using: &random))" }
      #expect(parsed(text, ValueParser.double) == Double(text), "\(text)")
    }
  }

  /// Points half-way between two doubles, and their neighbours, are the hardest.
  @Test(arguments: UInt64(1)...4)
  func halfWayPointsGoToEven(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<300 {
      let odd = UInt64.random(in: (1 << 53)..<(1 << 54), using: &random) | 1
      let shift = UInt64.random(in: 0...9, using: &random)
      for point in [odd << shift, odd << shift &+ 1, odd << shift &- 1] {
        for scale in 0...19 {
          let text = "\(point)e-\(scale)"
          #expect(parsed(text, ValueParser.double) == Double(text), "\(text)")
        }
      }
    }
  }

  /// No text may trap; and what is read must not depend on what stands behind the text.
  @Test(arguments: UInt64(1)...8)
  func survivesAnything(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let likely = Array("0123456789+-.:eETZ nfINai\t".utf8)
    for _ in 0..<2000 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0...40, using: &random) {
        bytes.append(
          Int.random(in: 0..<10, using: &random) == 0
            ? UInt8.random(in: 0...255, using: &random) : likely.randomElement(using: &random) ?? 0)
      }
      let count = bytes.count
      let results = [[UInt8](), Array("7e9:00".utf8)].map { tail in
        (bytes + tail + [0]).withUnsafeBufferPointer { buffer -> [String] in
          guard let start = buffer.baseAddress else { return [] }
          return [
            "\(ValueParser.boolean(start, count) as Any)",
            "\(ValueParser.integer(start, count) as Any)",
            "\(ValueParser.bigint(start, count) as Any)",
            "\(ValueParser.double(start, count) as Any)",
            "\(ValueParser.numeric(start, count) as Any)",
            "\(ValueParser.date(start, count) as Any)",
            "\(ValueParser.timestamp(start, count) as Any)",
            "\(ValueParser.timestamptz(start, count) as Any)",
          ]
        }
      }
      #expect(results[0] == results[1])
    }
  }
}
