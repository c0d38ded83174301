/// The names that patterns write and read.
enum TimeNames {
  static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  static let shortMonths = months.map { String($0.prefix(3)) }
  /// From Sunday on.
  static let days = [
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
  ]
  static let shortDays = days.map { String($0.prefix(3)) }
  /// From December to January, so that the longer of two with the same beginning comes first.
  static let romanMonths = [
    "XII", "XI", "X", "IX", "VIII", "VII", "VI", "V", "IV", "III", "II", "I",
  ]

  /// A name in a case.
  static func cased(_ name: String, _ letterCase: TimeKeyword.LetterCase) -> String {
    switch letterCase {
    case .upper: name.uppercased()
    case .capitalized: name
    case .lower: name.lowercased()
    }
  }
}
