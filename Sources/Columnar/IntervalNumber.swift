/// A number in an interval's text: whole, with a fraction, or years and months as `1-2`.
struct IntervalNumber {
  /// Without its fraction; of years and months the months.
  private(set) var whole: Int64
  /// Of the same sign.
  private(set) var fraction = 0.0
  private(set) var isYearsAndMonths = false

  init(_ token: IntervalToken) throws(IntervalProblem) {
    let bytes = token.bytes
    var position = 0
    let sign: Int64 = token.kind == .signedNumber && token.isNegative ? -1 : 1
    whole = try Self.digits(bytes, &position, most: .max) * sign
    guard position < bytes.count else { return }
    switch bytes[position] {
    case UInt8(ascii: "-"):
      position += 1
      guard position < bytes.count else { throw .format }
      let months = try Self.digits(bytes, &position, most: 11)
      guard position == bytes.count else { throw .format }
      let (product, noProduct) = whole.multipliedReportingOverflow(by: 12)
      let (total, noTotal) = product.addingReportingOverflow(months * sign)
      guard !noProduct, !noTotal else { throw .field }
      whole = total
      isYearsAndMonths = true
    case UInt8(ascii: "."):
      fraction = try Self.fraction(bytes, position) * Double(sign)
    default: throw .format
    }
  }

  /// The number of digits from `position` on, 0 for none; `position` moves behind them.
  static func digits(
    _ bytes: UnsafeBufferPointer<UInt8>, _ position: inout Int, most: Int64
  ) throws(IntervalProblem) -> Int64 {
    var value: Int64 = 0
    while position < bytes.count, bytes[position] &- 0x30 < 10 {
      let (tenfold, noTenfold) = value.multipliedReportingOverflow(by: 10)
      let (sum, noSum) = tenfold.addingReportingOverflow(Int64(bytes[position] - 0x30))
      guard !noTenfold, !noSum else { throw .field }
      value = sum
      position += 1
    }
    guard value <= most else { throw .field }
    return value
  }

  /// The fraction that goes from a point to the end of the field.
  static func fraction(
    _ bytes: UnsafeBufferPointer<UInt8>, _ position: Int
  ) throws(IntervalProblem) -> Double {
    guard position + 1 < bytes.count else { return 0 }
    for byte in bytes[(position + 1)...] where byte &- 0x30 > 9 { throw .format }
    guard let start = bytes.baseAddress,
      let value = ValueParser.double(start + position, bytes.count - position)
    else { throw .format }
    return value
  }
}
