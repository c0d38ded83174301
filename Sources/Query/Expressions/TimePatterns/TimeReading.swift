import Columnar

/// What reading a text by a pattern has found, and the time that it makes; after `do_to_timestamp`
/// of PostgreSQL's `formatting.c`.
struct TimeReading {
  /// Elements found; 0 for what was not, as in PostgreSQL.
  private(set) var values: [Key: Int] = [:]
  private(set) var convention: TimeElement.Convention?
  /// Digits of the year in the pattern.
  var yearDigits = 0
  var isTwelveHourClock = false
  /// 1 or -1 where the text has a zone.
  var zoneSign = 0

  /// What is found.
  enum Key {
    case isPM, isBC, hour, minute, second, secondsOfDay, milliseconds, microseconds
    case century, year, month, day, dayOfYear, dayOfWeek, week, weekOfMonth, julian
    case zoneHours, zoneMinutes
  }

  subscript(key: Key) -> Int { values[key] ?? 0 }

  /// Notes a value; only the same may be noted again.
  mutating func set(_ key: Key, _ value: Int, of name: String) throws(EvaluationError) {
    guard self[key] == 0 || self[key] == value else {
      throw EvaluationError(
        row: 0, "conflicting values for \"\(name)\" field in formatting string")
    }
    values[key] = value
  }

  /// Changes a value that was noted.
  mutating func update(_ key: Key, _ change: (Int) -> Int) { values[key] = change(self[key]) }

  /// Notes the calendar that an element belongs to.
  mutating func follow(_ convention: TimeElement.Convention?) throws(EvaluationError) {
    guard let convention else { return }
    guard self.convention == nil || self.convention == convention else {
      throw EvaluationError(row: 0, "invalid combination of date conventions")
    }
    self.convention = convention
  }

  /// The day found, which need not be in the calendar's range, and the microseconds since its
  /// midnight; `text` is for errors.
  func dayAndTime(_ text: StringView) throws(EvaluationError) -> (day: Int, time: Int64) {
    let time = try timeOfDay(text)
    var date = Fields()
    date.findYear(self)
    if self[.julian] != 0 { try date.set(day: self[.julian] - 2_440_588, text) }
    var dayOfYear = self[.dayOfYear]
    if self[.week] != 0 {
      if convention == .isoWeek {
        try date.set(day: isoWeekStart(date.year) + isoWeekday, text)
      } else {
        dayOfYear = try Self.multiplied(self[.week], text)
      }
    }
    let day =
      self[.weekOfMonth] != 0 ? try Self.multiplied(self[.weekOfMonth], text) : self[.day]
    if day != 0 { (date.day, date.hasDay) = (day, true) }
    if self[.month] != 0 { (date.month, date.hasMonth) = (self[.month], true) }
    if dayOfYear != 0, date.month <= 1 || date.day <= 1 {
      guard date.year != 0 || self[.isBC] != 0 else {
        throw EvaluationError(row: 0, "cannot calculate day of year without year information")
      }
      if convention == .isoWeek {
        try date.set(day: Self.isoYearStart(date.year) + dayOfYear - 1, text)
      } else {
        date.spread(dayOfYear)
      }
    }
    guard date.isValid else { throw Self.outOfRange(text) }
    return (date.number, time)
  }

  /// Days that weeks begin with; a week that is out of range is one that the calendar has not.
  private static func multiplied(
    _ weeks: Int, _ text: StringView
  ) throws(EvaluationError) -> Int {
    let days = (weeks - 1) * 7 + 1
    guard Int32(exactly: days) != nil else { throw outOfRange(text) }
    return days
  }

  /// Seconds east of UTC, or `nil` where the text has no zone.
  func zone(_ text: StringView) throws(EvaluationError) -> Int? {
    guard zoneSign != 0 else { return nil }
    guard (0...15).contains(self[.zoneHours]), (0..<60).contains(self[.zoneMinutes]) else {
      throw Self.outOfRange(text)
    }
    return zoneSign * (self[.zoneHours] * 3600 + self[.zoneMinutes] * 60)
  }

  private func timeOfDay(_ text: StringView) throws(EvaluationError) -> Int64 {
    let seconds = self[.secondsOfDay]
    var hour = self[.hour] != 0 ? self[.hour] : seconds / 3600
    let minute = self[.minute] != 0 ? self[.minute] : seconds / 60 % 60
    let second = self[.second] != 0 ? self[.second] : seconds % 60
    if isTwelveHourClock {
      guard (1...12).contains(hour) else {
        throw EvaluationError(row: 0, "hour \"\(hour)\" is invalid for the 12-hour clock")
      }
      if self[.isPM] != 0, hour < 12 {
        hour += 12
      } else if self[.isPM] == 0, hour == 12 {
        hour = 0
      }
    }
    let below = self[.milliseconds] * 1000 + self[.microseconds]
    guard (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second),
      (0..<1_000_000).contains(below)
    else { throw Self.outOfRange(text) }
    return Int64(hour * 3600 + minute * 60 + second) * 1_000_000 + Int64(below)
  }

  /// Days from the Monday of the week to the day found; Monday where none was.
  private var isoWeekday: Int {
    // 1 is Sunday.
    let day = self[.dayOfWeek]
    return day == 0 ? 0 : day > 1 ? day - 2 : 6
  }

  private func isoWeekStart(_ year: Int) -> Int {
    Self.isoYearStart(year) + (self[.week] - 1) * 7
  }

  /// The Monday of the first week of a year of ISO 8601, as days since 1970-01-01.
  private static func isoYearStart(_ year: Int) -> Int {
    let fourth = Calendar.number(year: year, month: 1, day: 4)
    let fromMonday = (fourth + 3) % 7
    return fourth - (fromMonday < 0 ? fromMonday + 7 : fromMonday)
  }

  static func outOfRange(_ text: StringView) -> EvaluationError {
    EvaluationError(row: 0, "date/time field value out of range: \"\(text.string)\"")
  }

  /// A date being put together.
  private struct Fields {
    var year = 0
    var month = 1
    var day = 1
    var hasYear = false
    var hasMonth = false
    var hasDay = false

    /// Days since 1970-01-01.
    var number: Int { Calendar.number(year: year, month: month, day: day) }

    var isValid: Bool {
      if hasMonth, !(1...12).contains(month) { return false }
      if hasDay, !(1...31).contains(day) { return false }
      guard hasYear, hasMonth, hasDay else { return true }
      return day <= Calendar.length(ofMonth: month, year: year)
    }

    mutating func findYear(_ reading: TimeReading) {
      let century = reading[.isBC] != 0 ? -reading[.century] : reading[.century]
      if reading[.year] != 0 {
        hasYear = true
        if century != 0, reading.yearDigits <= 2 {
          let inCentury = reading[.year] % 100
          if inCentury == 0 {
            year = century * 100 + (century >= 0 ? 0 : 1)
          } else {
            year =
              century >= 0 ? inCentury + (century - 1) * 100 : (century + 1) * 100 - inCentury + 1
          }
        } else {
          year = reading[.isBC] != 0 ? -reading[.year] : reading[.year]
          // There is no year 0.
          if year < 0 { year += 1 }
        }
      } else if century != 0 {
        hasYear = true
        year = century >= 0 ? (century - 1) * 100 + 1 : century * 100 + 1
      }
    }

    mutating func set(day number: Int, _ text: StringView) throws(EvaluationError) {
      guard let days = Int32(exactly: number) else { throw TimeReading.outOfRange(text) }
      let found = Calendar.day(days)
      (year, month, day) = (found.year, found.month, found.day)
      (hasYear, hasMonth, hasDay) = (true, true, true)
    }

    /// Takes a day of the year for the month and the day that are not known.
    mutating func spread(_ dayOfYear: Int) {
      var month = 1
      var before = 0
      while month <= 12 {
        let length = Calendar.length(ofMonth: month, year: year)
        if dayOfYear <= before + length { break }
        before += length
        month += 1
      }
      if self.month <= 1 { self.month = month }
      if day <= 1 { day = dayOfYear - before }
      (hasMonth, hasDay) = (true, true)
    }
  }
}
