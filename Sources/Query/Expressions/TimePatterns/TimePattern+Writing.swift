import Columnar

// As `DCH_to_char` of PostgreSQL's `formatting.c`.
extension TimePattern {
  /// Appends `parts` in this pattern to `text`.
  func write(_ parts: TimeParts, to text: inout [UInt8]) {
    for piece in pieces {
      switch piece {
      case .character(let bytes, _): text += bytes
      case .field(let field):
        if let name = Self.name(field, parts) {
          text += name.utf8
        } else if let number = Self.number(field, parts) {
          text += number.utf8
          if let ordinal = field.ordinal {
            text += TimeNames.cased(Self.ordinalEnding(number), ordinal).utf8
          }
        }
      }
    }
  }

  /// The text of an element that is no number; `nil` for one that is.
  private static func name(_ field: Field, _ parts: TimeParts) -> String? {
    let letterCase = field.keyword.letterCase
    func name(_ names: [String], _ index: Int, width: Int) -> String {
      guard names.indices.contains(index) else { return "" }
      let name = TimeNames.cased(names[index], letterCase)
      return field.isFilled || field.isTranslated ? name : padded(name, width)
    }
    func mark(_ mark: String) -> String {
      let letters = field.keyword.isDotted ? "\(mark.prefix(1)).\(mark.suffix(1))." : mark
      return TimeNames.cased(letters, letterCase)
    }
    switch field.element {
    case .meridiem: return mark(parts.hour % 24 >= 12 ? "PM" : "AM")
    case .era: return mark(parts.year <= 0 ? "BC" : "AD")
    case .monthName: return name(TimeNames.months, parts.month - 1, width: 9)
    case .shortMonthName: return name(TimeNames.shortMonths, parts.month - 1, width: 0)
    case .dayName: return name(TimeNames.days, parts.dayOfWeek, width: 9)
    case .shortDayName: return name(TimeNames.shortDays, parts.dayOfWeek, width: 0)
    case .romanMonth:
      guard let index = romanMonth(parts) else { return "" }
      let roman = TimeNames.cased(TimeNames.romanMonths[index], letterCase)
      return field.isFilled ? roman : padded(roman, 4)
    // Times are shown in UTC.
    case .zoneName: return parts.hasZone ? TimeNames.cased("UTC", letterCase) : ""
    case .zoneHours: return "+00"
    case .zoneMinutes: return "00"
    case .zoneOffset: return field.isFilled ? "+0" : "+00"
    case .exact: return ""
    default: return nil
    }
  }

  private static func padded(_ name: String, _ width: Int) -> String {
    name + String(repeating: " ", count: max(0, width - name.utf8.count))
  }

  /// The index of the month among the Roman numerals; an interval of no months but of years is of
  /// the twelfth.
  private static func romanMonth(_ parts: TimeParts) -> Int? {
    if parts.month == 0, parts.year == 0 { return nil }
    if parts.month == 0 { return parts.year >= 0 ? 0 : 11 }
    return parts.month < 0 ? -parts.month - 1 : 12 - parts.month
  }

  /// The digits of an element that is a number; `nil` for one that is not there.
  private static func number(_ field: Field, _ parts: TimeParts) -> String? {
    func digits(_ value: Int, _ width: Int, widerWhenNegative: Bool = false) -> String {
      zeroPadded(value, field.isFilled ? 0 : width + (widerWhenNegative && value < 0 ? 1 : 0))
    }
    switch field.element {
    case .hour12:
      let hour = parts.hour % 12 == 0 ? 12 : parts.hour % 12
      return zeroPadded(hour, field.isFilled ? 0 : parts.hour >= 0 ? 2 : 3)
    case .hour24: return digits(parts.hour, 2, widerWhenNegative: true)
    case .minute: return digits(parts.minute, 2, widerWhenNegative: true)
    case .second: return digits(parts.second, 2, widerWhenNegative: true)
    case .fraction(let count):
      let unit = [1, 100_000, 10_000, 1000, 100, 10, 1][count]
      return zeroPadded(parts.microsecond / unit, count)
    case .secondsOfDay: return "\(parts.hour * 3600 + parts.minute * 60 + parts.second)"
    case .month: return digits(parts.month, 2, widerWhenNegative: true)
    case .day: return digits(parts.day, 2)
    case .dayOfYear: return digits(parts.dayOfYear, 3)
    case .isoDayOfYear: return digits(parts.isoDayOfYear, 3)
    case .dayOfWeek: return "\(parts.dayOfWeek + 1)"
    case .isoDayOfWeek: return "\(parts.dayOfWeek == 0 ? 7 : parts.dayOfWeek)"
    case .week: return digits((parts.dayOfYear - 1) / 7 + 1, 2)
    case .isoWeek: return digits(parts.isoWeek.week, 2)
    case .weekOfMonth: return "\((parts.day - 1) / 7 + 1)"
    case .quarter: return parts.month == 0 ? nil : "\((parts.month - 1) / 3 + 1)"
    case .century:
      let century =
        parts.days == nil
        ? parts.year / 100 : parts.year > 0 ? (parts.year - 1) / 100 + 1 : parts.year / 100 - 1
      return century.magnitude <= 99 ? digits(century, 2, widerWhenNegative: true) : "\(century)"
    case .yearWithComma:
      let year = parts.counted(parts.year)
      return "\(year / 1000),\(zeroPadded(year % 1000, 3))"
    case .year(let count): return year(parts.counted(parts.year), count, field)
    case .isoYear(let count): return year(parts.counted(parts.isoWeek.year), count, field)
    case .julian: return "\(parts.julian)"
    default: return nil
    }
  }

  private static func year(_ year: Int, _ count: Int, _ field: Field) -> String {
    if count == 1 { return "\(year % 10)" }
    let value = [year, year, year % 100, year % 1000, year][count]
    return zeroPadded(value, field.isFilled ? 0 : year >= 0 ? count : count + 1)
  }

  /// The number with zeros behind its sign up to `width` characters.
  private static func zeroPadded(_ value: Int, _ width: Int) -> String {
    let digits = "\(value.magnitude)"
    let sign = value < 0 ? "-" : ""
    return sign
      + String(repeating: "0", count: max(0, width - sign.utf8.count - digits.utf8.count)) + digits
  }

  private static func ordinalEnding(_ number: String) -> String {
    let digits = number.utf8.suffix(2)
    if digits.count == 2, digits.first == UInt8(ascii: "1") { return "th" }
    return switch digits.last {
    case UInt8(ascii: "1"): "st"
    case UInt8(ascii: "2"): "nd"
    case UInt8(ascii: "3"): "rd"
    default: "th"
    }
  }
}
