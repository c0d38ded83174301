/// Reads `hh:mm`, `hh:mm:ss` with decimals and `mm:ss.ffffff` in an interval's text.
enum IntervalClock {
  /// The microseconds that a field means.
  static func microseconds(
    _ bytes: UnsafeBufferPointer<UInt8>, _ limit: IntervalLimit
  ) throws(IntervalProblem) -> Int64 {
    var position = 0
    var hours = try IntervalNumber.digits(bytes, &position, most: .max)
    guard position < bytes.count, bytes[position] == UInt8(ascii: ":") else { throw .format }
    position += 1
    var minutes = try IntervalNumber.digits(bytes, &position, most: Int64(Int32.max))
    var seconds: Int64 = 0
    var fraction = 0.0
    if position == bytes.count {
      if limit.isMinuteToSecond { (hours, minutes, seconds) = (0, hours, minutes) }
    } else if bytes[position] == UInt8(ascii: ".") {
      // Always minutes and seconds.
      fraction = try IntervalNumber.fraction(bytes, position)
      (hours, minutes, seconds) = (0, hours, minutes)
    } else {
      position += 1
      seconds = try IntervalNumber.digits(bytes, &position, most: Int64(Int32.max))
      if position < bytes.count {
        guard bytes[position] == UInt8(ascii: ".") else { throw .format }
        fraction = try IntervalNumber.fraction(bytes, position)
      }
    }
    guard minutes < 60, seconds <= 60 else { throw .field }
    let (time, overflow) = hours.multipliedReportingOverflow(by: 3_600_000_000)
    let rest = minutes * 60_000_000 + seconds * 1_000_000
    let below = Int64((fraction * 1_000_000).rounded(.toNearestOrEven))
    let (sum, noSum) = time.addingReportingOverflow(rest + below)
    guard !overflow, !noSum else { throw .field }
    return sum
  }
}
