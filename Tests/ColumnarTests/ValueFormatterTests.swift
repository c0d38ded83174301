import Columnar
import Testing

/// The expected texts are PostgreSQL 15's.
@Suite struct ValueFormatterTests {
  @Test(arguments: [
    (0.1, "0.1"), (100, "100"), (-0.0, "-0"), (1e20, "1e+20"), (1e-5, "1e-05"), (0.0001, "0.0001"),
    (1e15, "1e+15"), (999_999_999_999_999, "999999999999999"), (1e14, "100000000000000"),
    (0.1 + 0.2, "0.30000000000000004"), (1.0 / 3, "0.3333333333333333"), (1e100, "1e+100"),
    (.leastNonzeroMagnitude, "5e-324"), (1.7976931348623157e308, "1.7976931348623157e+308"),
    (123_456_789.125, "123456789.125"), (12.34, "12.34"), (-273.15, "-273.15"),
    (0.000123456789, "0.000123456789"), (1.5e-7, "1.5e-07"), (123456.789e3, "123456789"),
    (.nan, "NaN"), (.infinity, "Infinity"), (-.infinity, "-Infinity"),
    (49_588_247_637_749_216, "4.9588247637749216e+16"), (1e23, "9.999999999999999e+22"),
    (4.35, "4.35"), (0.000001, "1e-06"),
  ])
  func doubles(value: Double, expected: String) {
    #expect(written { ValueFormatter.write(value, to: $0) } == expected)
  }

  @Test(arguments: UInt64(1)...8)
  func doublesRoundTrip(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for round in 0..<1000 {
      let value =
        switch round % 4 {
        case 0: Double(bitPattern: random.next() & ~(0x7ff << 52) | (random.next() % 0x7ff) << 52)
        case 1: Double(Int64.random(in: -1_000_000...1_000_000, using: &random)) / 1000
        case 2: Double.random(in: -1e18...1e18, using: &random).rounded()
        default: Double.random(in: -1...1, using: &random)
        }
      let text = written { ValueFormatter.write(value, to: $0) }
      #expect(parsed(text, ValueParser.double) == value, "\(text)")
      // Nor is it longer than the shortest there is, but for half-way digits.
      if abs(value) < 0x1p53 {
        #expect(significant(text) == significant(value.description), "\(text)")
      }
    }
  }

  @Test func integersAndBooleans() {
    #expect(written { ValueFormatter.write(Int64.min, to: $0) } == "-9223372036854775808")
    #expect(written { ValueFormatter.write(Int64.max, to: $0) } == "9223372036854775807")
    #expect(written { ValueFormatter.write(Int32.min, to: $0) } == "-2147483648")
    #expect(written { ValueFormatter.write(Int32(0), to: $0) } == "0")
    #expect(written { ValueFormatter.write(true, to: $0) } == "true")
    #expect(written { ValueFormatter.write(false, to: $0) } == "false")
    var power: Int64 = 1
    for _ in 0..<18 {
      for value in [power - 1, power, power + 1, -power] {
        #expect(written { ValueFormatter.write(value, to: $0) } == String(value))
      }
      power *= 10
    }
  }

  /// The digits that count, without zeros at either end.
  private func significant(_ text: String) -> String {
    let mantissa = text.prefix { $0 != "e" }.filter { $0.isNumber }
    return String(mantissa.drop { $0 == "0" }.reversed().drop { $0 == "0" })
  }
}
