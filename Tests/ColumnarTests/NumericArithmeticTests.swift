import Columnar
import Testing

/// The expected texts are PostgreSQL 15's.
@Suite struct NumericArithmeticTests {
  private func number(_ text: String) throws -> Numeric { try #require(Numeric(text)) }

  @Test(arguments: [
    ("1.5", "2.25", "3.75"), ("1", "-1.00", "0.00"), ("-0.1", "0.2", "0.1"),
    ("99999999999999999999999999999999999998", "1", "99999999999999999999999999999999999999"),
  ])
  func addsWithTheLargerScale(left: String, right: String, sum: String) throws {
    #expect(try number(left).adding(number(right))?.description == sum)
    #expect(try number(right).adding(number(left))?.description == sum)
    #expect(try number(left).subtracting(number(right).negated())?.description == sum)
  }

  @Test(arguments: [
    ("1.5", "2.25", "3.375"), ("-0.10", "0.1", "-0.010"), ("0.00", "12", "0.00"),
  ])
  func multipliesWithTheSumOfScales(left: String, right: String, product: String) throws {
    #expect(try number(left).multiplied(by: number(right))?.description == product)
  }

  @Test(arguments: [
    ("1", "3", "0.33333333333333333333"), ("3", "2", "1.5000000000000000"),
    ("2", "2", "1.00000000000000000000"), ("10000", "3", "3333.3333333333333333"),
    ("-7", "2.00", "-3.5000000000000000"), ("0", "7", "0.00000000000000000000"),
    ("0.000001", "3", "0.000000333333333333333333"), ("2", "3", "0.66666666666666666667"),
    ("-2", "3", "-0.66666666666666666667"), ("1", "0.0001", "10000.0000000000000000"),
  ])
  func dividesWithTheScaleOfPostgreSQL(left: String, right: String, quotient: String) throws {
    #expect(try number(left).divided(by: number(right))?.description == quotient)
  }

  @Test(arguments: [
    ("7", "3", "1"), ("-7", "3", "-1"), ("7", "-3", "1"), ("5.5", "0.75", "0.25"),
    ("0.5", "99999999999999999999999999999999999999", "0.5"),
    ("99999999999999999999999999999999999999", "0.7", "0.3"),
  ])
  func remainderHasTheDividendsSign(left: String, right: String, remainder: String) throws {
    #expect(try number(left).remainder(dividingBy: number(right))?.description == remainder)
  }

  @Test func neverApproximates() throws {
    let largest = try number("99999999999999999999999999999999999999")
    #expect(largest.adding(Numeric(Int64(1))) == nil)
    #expect(largest.negated().subtracting(Numeric(Int64(1))) == nil)
    #expect(largest.adding(largest) == nil)
    #expect(largest.multiplied(by: largest) == nil)
    #expect(try largest.adding(number("0.1")) == nil)
    #expect(try number("1e-20").multiplied(by: number("1e-20")) == nil)
    #expect(try largest.divided(by: number("0.5")) == nil)
    #expect(try number("1").divided(by: number("0.00")) == nil)
    #expect(try number("1").remainder(dividingBy: number("0")) == nil)
    #expect(largest.rounded(toScale: 1) == nil)
    #expect(largest.rounded(toScale: -1) == nil)
    #expect(Numeric("100000000000000000000000000000000000000") == nil)
  }

  @Test func averageIsPostgreSQLs() {
    #expect(Numeric.average(sum: 3, count: 2)?.description == "1.5000000000000000")
    #expect(Numeric.average(sum: 2, count: 2)?.description == "1.00000000000000000000")
    #expect(Numeric.average(sum: 0, count: 3)?.description == "0.00000000000000000000")
    #expect(Numeric.average(sum: 12_345_678, count: 7)?.description == "1763668.285714285714")
    #expect(Numeric.average(sum: 5, count: 0) == nil)
    #expect(Numeric.average(sum: Int128.max, count: 1) == nil)
  }

  @Test(arguments: [
    ("2.5", 0, "3", "2"), ("-2.5", 0, "-3", "-2"), ("1.005", 2, "1.01", "1.00"),
    ("1250", -2, "1300", "1200"), ("49", -2, "0", "0"), ("50", -2, "100", "0"),
    ("1.5", 3, "1.500", "1.500"), ("99.99", -5, "0", "0"), ("7", -1000, "0", "0"),
    ("60000000000000000000000000000000000000", -38, "nil", "0"),
  ])
  func roundsHalfAwayFromZero(text: String, scale: Int, rounded: String, cut: String) throws {
    let value = try number(text)
    #expect(value.rounded(toScale: scale)?.description ?? "nil" == rounded)
    #expect(value.truncated(toScale: scale)?.description ?? "nil" == cut)
  }

  @Test func ceilingFloorSignAbsolute() throws {
    #expect(try number("-1.5").ceiling().description == "-1")
    #expect(try number("-1.5").floor().description == "-2")
    #expect(try number("1.5").ceiling().description == "2")
    #expect(try number("1.00").ceiling().description == "1")
    #expect(try number("-1.50").sign.description == "-1")
    #expect(try number("-1.50").absolute.description == "1.50")
  }

  /// Long division by hand, a digit at a time, is the reference.
  @Test(arguments: UInt64(1)...8)
  func divisionAgreesWithLongDivision(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<200 {
      let dividend = Numeric(
        coefficient: try #require(Int128(random.digits(Int.random(in: 1...30, using: &random)))),
        scale: Int32.random(in: 0...10, using: &random))
      let divisor = Numeric(
        coefficient: try #require(Int128(random.digits(Int.random(in: 1...30, using: &random)))),
        scale: Int32.random(in: 0...10, using: &random))
      let scale = Int32.random(in: 10...20, using: &random)
      // dividend / divisor × 10^scale = coefficients' quotient × 10^(scale + divisor's -
      // dividend's)
      var remainder = UInt128(dividend.coefficient)
      let base = UInt128(divisor.coefficient)
      var quotient = remainder / base
      remainder %= base
      var fits = true
      for _ in 0..<(scale + divisor.scale - dividend.scale) {
        let (scaled, overflow) = quotient.multipliedReportingOverflow(by: 10)
        quotient = scaled &+ remainder * 10 / base
        remainder = remainder * 10 % base
        fits = fits && !overflow
      }
      if remainder * 2 >= base { quotient &+= 1 }
      fits = fits && quotient < 100_000_000_000_000_000_000_000_000_000_000_000_000
      let result = dividend.divided(by: divisor, scale: scale)
      #expect((result != nil) == fits)
      if fits { #expect(result?.coefficient == Int128(quotient)) }
    }
  }

  @Test(arguments: UInt64(1)...4)
  func sumsAndProductsKeepTheLawsOfArithmetic(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<300 {
      let numbers = try (0..<3).map { _ in
        Numeric(
          coefficient: try #require(Int128(random.digits(Int.random(in: 1...9, using: &random))))
            * (Bool.random(using: &random) ? 1 : -1),
          scale: Int32.random(in: 0...6, using: &random))
      }
      let (a, b, c) = (numbers[0], numbers[1], numbers[2])
      let sum = try #require(a.adding(b))
      #expect(sum.subtracting(b) == a)
      #expect(sum.scale == max(a.scale, b.scale))
      let left = try #require(sum.multiplied(by: c))
      let ac = try #require(a.multiplied(by: c))
      let bc = try #require(b.multiplied(by: c))
      let right = try #require(ac.adding(bc))
      #expect(left == right)
      let remainder = try #require(a.remainder(dividingBy: b))
      let whole = try #require(a.subtracting(remainder)?.divided(by: b, scale: 0))
      #expect(whole.multiplied(by: b)?.adding(remainder) == a)
      #expect(remainder.absolute < b.absolute)
    }
  }
}
