import Columnar
import Testing

@Suite struct NumericConversionTests {
  @Test(arguments: [
    ("2.5", 3), ("-2.5", -3), ("2.4999", 2), ("9223372036854775807.4", Int64.max),
    ("9223372036854775807.5", nil), ("-9223372036854775808.4", Int64.min),
    ("-9223372036854775808.5", nil),
  ])
  func toInteger(text: String, expected: Int64?) {
    #expect(Numeric(text)?.int64 == expected)
  }

  @Test func toSmallInteger() {
    #expect(Numeric("2147483647.4")?.int32 == Int32.max)
    #expect(Numeric("2147483647.5")?.int32 == nil)
    #expect(Numeric("-0.5")?.int32 == -1)
  }

  @Test(arguments: [
    (0.1, "0.1"), (-1234.5, "-1234.5"), (1e20, "100000000000000000000"), (1e-10, "0.0000000001"),
    (0.1 + 0.2, "0.3"), (123_456_789_012_345_680, "123456789012346000"), (-0.0, "0"),
    (1.0 / 3, "0.333333333333333"), (2.0 / 3, "0.666666666666667"),
  ])
  func fromDoubleKeepsFifteenDigits(value: Double, text: String) {
    #expect(Numeric(value)?.description == text)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity, 1e38, 1e-39, .leastNonzeroMagnitude])
  func fromDoubleRefuses(value: Double) {
    #expect(Numeric(value) == nil)
  }

  @Test(arguments: UInt64(1)...4)
  func toDoubleRoundsOnce(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<300 {
      let digits = random.digits(Int.random(in: 1...38, using: &random))
      let value = Numeric(
        coefficient: try #require(Int128(digits)), scale: Int32.random(in: 0...38, using: &random))
      #expect(value.double == Double("\(digits)e-\(value.scale)"))
    }
  }

  @Test(arguments: [
    "0", "0.00", "-0.5", "12", "-12.3400", "0.00000000000000000000000000000000000001",
    "99999999999999999999999999999999999999", "-9999999999999999999.9999999999999999999",
  ])
  func textRoundTrips(text: String) throws {
    #expect(try #require(Numeric(text)).description == text)
  }

  @Test(arguments: [
    ("1e3", "1000"), ("1.5e1", "15"), ("1.5e-3", "0.0015"), (".5", "0.5"), ("5.", "5"),
    (" +7 ", "7"), ("00012.50", "12.50"), ("1E+2", "100"), ("0e30", "0"), ("-0", "0"),
  ])
  func readsPostgreSQLsForms(text: String, expected: String) {
    #expect(Numeric(text)?.description == expected)
  }

  @Test(arguments: [
    "", " ", ".", "-", "1e", "1e+", "e5", "1.2.3", "1,5", "NaN", "0x10", "1 2", "--1", "1e39",
    "1e-39", "1e999999999999999999999", "123456789012345678901234567890123456789",
    "0.000000000000000000000000000000000000001",
  ])
  func refuses(text: String) {
    #expect(Numeric(text) == nil)
  }

  @Test func valuesNotScalesAreCompared() throws {
    let one = try #require(Numeric("1"))
    let padded = try #require(Numeric("1.00"))
    #expect(one == padded)
    #expect(one.hashValue == padded.hashValue)
    #expect(padded.normalized.scale == 0)
    let lower = try #require(Numeric("-1.1"))
    let higher = try #require(Numeric("-1.09"))
    #expect(lower < higher && !(higher < lower))
    let large = try #require(Numeric("99999999999999999999999999999999999999"))
    let small = try #require(Numeric("0.00000000000000000000000000000000000001"))
    #expect(small < large && large.negated() < small)
    #expect(Numeric("100.0")?.normalized.description == "100")
    #expect(Numeric("0.000")?.normalized.description == "0")
  }
}
