extension Interval {
  /// A field with the scale that PostgreSQL's `extract` gives it, or `nil` for one that intervals
  /// do not have.
  package func extract(_ field: CalendarField) -> Numeric? {
    let parts = fields
    let inMinute = Int64(parts.seconds) * 1_000_000 + Int64(parts.microseconds)
    return switch field {
    case .microseconds: Numeric(inMinute)
    case .milliseconds: Numeric(coefficient: Int128(inMinute), scale: 3)
    case .second: Numeric(coefficient: Int128(inMinute), scale: 6)
    case .minute: Numeric(Int64(parts.minutes))
    case .hour: Numeric(Int64(parts.hours))
    case .day: Numeric(Int64(parts.days))
    case .month: Numeric(Int64(parts.months))
    case .quarter: Numeric(Int64(parts.months / 3 + 1))
    case .year: Numeric(Int64(parts.years))
    case .decade: Numeric(Int64(parts.years / 10))
    case .century: Numeric(Int64(parts.years / 100))
    case .millennium: Numeric(Int64(parts.years / 1000))
    case .epoch: Numeric(coefficient: epoch, scale: 6)
    case .week, .dayOfWeek, .isoDayOfWeek, .dayOfYear, .isoYear, .julian, .timezone,
      .timezoneHour, .timezoneMinute:
      nil
    }
  }

  /// Microseconds with years of 365.25 days and other months of 30 days.
  private var epoch: Int128 {
    let parts = fields
    let quarterDays = Int64(parts.years) * 1461 + Int64(parts.months) * 120 + Int64(parts.days) * 4
    return Int128(quarterDays) * 21_600_000_000 + Int128(microseconds)
  }

  /// The span without what is smaller than `field`, as `date_trunc` has it; `nil` for a field that
  /// intervals are not cut to.
  package func truncated(to field: CalendarField) -> Interval? {
    var result = self
    switch field {
    case .microseconds: return self
    case .milliseconds: result.microseconds -= microseconds % 1000
    case .second: result.microseconds -= microseconds % 1_000_000
    case .minute: result.microseconds -= microseconds % 60_000_000
    case .hour: result.microseconds -= microseconds % 3_600_000_000
    case .day: result.microseconds = 0
    case .month: return Interval(months: months)
    case .quarter: return Interval(months: months - months % 12 % 3)
    case .year: return Interval(months: months - months % 12)
    case .decade: return Interval(months: months - months % 120)
    case .century: return Interval(months: months - months % 1200)
    case .millennium: return Interval(months: months - months % 12_000)
    default: return nil
    }
    return result
  }

  /// The span within a type modifier: without what is smaller than the last of its fields, and
  /// rounded to its decimals of a second.
  package func limited(to limit: IntervalLimit) -> Interval? {
    var result = self
    switch limit.lastField {
    case .year: return Interval(months: months - months % 12)
    case .month: return Interval(months: months)
    case .day: result.microseconds = 0
    case .hour: result.microseconds -= microseconds % 3_600_000_000
    case .minute: result.microseconds -= microseconds % 60_000_000
    default: break
    }
    if let decimals = limit.decimals {
      guard let rounded = Calendar.rounded(result.microseconds, toDecimals: decimals) else {
        return nil
      }
      result.microseconds = rounded
    }
    return result
  }
}
